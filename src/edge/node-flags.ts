/**
 * Flags of Node for both processes of a device. Only the command line can set them: V8 reads them when it starts. What
 * they save together stands in docs/guides/edge.md.
 *
 * - V8 lets the space for young objects grow to 32 MB before it looks into it; a device makes few and short-lived ones.
 *   With 1 MB halves the two processes take some 50 MB less.
 * - V8 lets old objects pile up to several times of what is in use, above all what the start has left; a device has all
 *   day to look after them. With it V8 collects each 2 MB, and gives back what it has freed. The start takes a third
 *   more CPU time for it.
 * - V8 starts four threads that compile and collect beside the program. One is enough for these two, and what several have
 *   under way at once lies in the C library's heap as holes.
 * - V8 copies its compiled built-ins, 2 MB for each thread that runs JavaScript, so that calls of them are a little
 *   shorter.
 */
export const deviceNodeFlags: readonly string[] = [
  "--max-semi-space-size=1",
  "--optimize-for-size",
  "--v8-pool-size=1",
  "--no-short-builtin-calls",
];

/**
 * Environment of both processes. The C library would give each thread a heap of its own, which it seldom gives back; a
 * device's dozen threads ask for memory too rarely to wait for each other. A piece of 16 KiB or more has pages of its
 * own, which go back to the system with it: by itself the C library raises that bound to the largest piece that was
 * ever freed, and from then on leaves holes in its heap. V8 compiles in pieces of 8 to 32 KiB.
 */
export const deviceEnvironment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_MMAP_THRESHOLD_: "16384",
  MALLOC_TRIM_THRESHOLD_: "131072",
};
