/** A desk page is for acting; a wall page is read from afar and has no controls. */
export type PageLayout = "desk" | "wall";
