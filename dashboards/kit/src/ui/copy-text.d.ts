/** Puts a text on the clipboard and says so, or says that the browser refused. */
export declare function copyText(text: string): Promise<void>;
