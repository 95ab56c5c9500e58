import { importTests } from "#support/import-tests.ts";

await importTests("wire", "recording", "model-package", "inference", "kernels");
