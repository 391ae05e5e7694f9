/** The sign-in page; `name` and `purpose` say which dashboard it opens. */
export declare function SignIn({ name, purpose }: {
    name: string;
    purpose: string;
}): import("react").JSX.Element;
