/** Whether a topic is one of a filter's (MQTT 3.1.1, section 4.7: `+` is one level, `#` at the end all further ones). */
export function matchesFilter(topic: string, filter: string): boolean {
  const levels = topic.split("/");
  const wanted = filter.split("/");
  for (const [n, level] of wanted.entries()) {
    if (level === "#") return true;
    if (levels[n] === undefined || (level !== "+" && level !== levels[n])) return false;
  }
  return levels.length === wanted.length;
}
