/**
 * Flags of Node for both processes of a device. V8 lets the space for young objects grow to 32 MB before it looks into
 * it; a device makes few and short-lived ones. With 1 MB halves the two processes take some 50 MB less, at no CPU time
 * that could be measured (`npm run bench -- soak`). Only the command line can set it: V8 reads it when it starts.
 */
export const deviceNodeFlags: readonly string[] = ["--max-semi-space-size=1"];

/**
 * Environment of both processes. The C library would give each thread a heap of its own, which it seldom gives back; a
 * device's dozen threads ask for memory too rarely to wait for each other.
 */
export const deviceEnvironment: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: "1" };
