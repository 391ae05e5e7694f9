interface InviteFormProps {
    childName: string;
    conversationId: string | undefined;
    draft: string;
    onClose: () => void;
}
/** An invitation to the child, drafted for the parent to change. */
export declare function InviteDialog({ open, ...form }: InviteFormProps & {
    open: boolean;
}): import("react").JSX.Element;
export {};
