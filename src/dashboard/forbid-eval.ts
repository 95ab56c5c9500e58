import { config } from "zod";

// The page's content security policy forbids code made from text, which zod tries as soon as the first schema is made:
// so this module has to be loaded before every other.
config({ jitless: true });
