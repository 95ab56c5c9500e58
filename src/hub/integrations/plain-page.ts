import { html } from "hono/html";

/** What `html` gives: text that is escaped already. */
export type Html = ReturnType<typeof html>;

/** A page for people without scripts and without anything from elsewhere: its title, and what stands in it. */
export function plainPage(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Emberwatch: ${title}</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
${body}
</body>
</html>
`;
}
