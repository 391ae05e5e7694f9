import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { m } from "../messages.js";
import { Button } from "./button.js";

interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A modal question. The browser traps the focus in it and gives the focus back when it closes. */
export function Dialog({ open, title, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open) element.current?.showModal();
    else element.current?.close();
  }, [open]);

  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onClose={onClose}
      className="w-[min(32rem,calc(100vw-2rem))] rounded-2xl border border-line bg-surface p-5 text-text shadow-raised backdrop:bg-[#0b1220]/60 sm:p-6"
    >
      {open && (
        <>
          <div className="mb-4 flex items-start justify-between gap-4">
            <h2 id={titleId} className="pt-2 text-lg font-semibold">
              {title}
            </h2>
            <Button look="quiet" size="icon" aria-label={m.close()} onClick={onClose} className="-mr-2">
              <X aria-hidden className="size-5" />
            </Button>
          </div>
          {children}
        </>
      )}
    </dialog>
  );
}
