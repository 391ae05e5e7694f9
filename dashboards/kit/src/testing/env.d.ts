/** The base URL of the running Lentera under test. @throws when it is not set */
export declare function lenteraUrl(): string;
/** The path of the installed Chromium. @throws when there is none */
export declare function chromiumPath(): string;
