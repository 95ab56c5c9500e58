/**
 * Flags of Node for both processes of a device. V8 lets the space for young objects grow to 32 MB before it looks into
 * it; a device makes few and short-lived ones. With 1 MB halves the two processes take some 50 MB less, at no CPU time
 * that could be measured (`npm run bench -- soak`). Only the command line can set it: V8 reads it when it starts.
 */
export const deviceNodeFlags: readonly string[] = ["--max-semi-space-size=1"];
