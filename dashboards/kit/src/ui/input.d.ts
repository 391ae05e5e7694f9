import { type ComponentProps, type ReactNode } from "react";
interface FieldProps {
    label: string;
    /** What is wrong with the value, in a sentence. */
    problem?: string | undefined;
    hint?: string | undefined;
}
type InputProps = ComponentProps<"input"> & FieldProps & {
    action?: ReactNode;
};
/** A labelled text field; `action` is a button inside its right end. */
export declare function Input({ label, problem, hint, action, className, ...rest }: InputProps): import("react").JSX.Element;
type TextAreaProps = ComponentProps<"textarea"> & FieldProps;
/** A labelled text of several lines. */
export declare function TextArea({ label, problem, hint, className, ...rest }: TextAreaProps): import("react").JSX.Element;
type SelectProps = ComponentProps<"select"> & FieldProps;
/** A labelled choice of one, drawn by the browser, which phones do best. */
export declare function Select({ label, problem, hint, className, children, ...rest }: SelectProps): import("react").JSX.Element;
type CheckboxProps = ComponentProps<"input"> & {
    label: string;
};
/** A labelled tick box with a target as tall as a finger. */
export declare function Checkbox({ label, ...rest }: CheckboxProps): import("react").JSX.Element;
export {};
