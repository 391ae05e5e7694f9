import type { TryoutItemRow } from "../../attempt/attempt.store.js";

/** The paper in a package, without any key: what an online sitting shows, as JSON. */
export interface PackageContent {
  readonly format: 1;
  readonly tryout: { readonly id: string; readonly title: string; readonly durationMinutes: number };
  readonly sections: readonly {
    readonly subtest: string;
    readonly name: string;
    readonly itemCount: number;
    readonly durationMinutes: number;
  }[];
  readonly passages: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly items: readonly PackageItem[];
}

/** `imageIds` are of files, which the client fetches beside the package. */
type PackageItem = Pick<
  TryoutItemRow,
  "id" | "position" | "subtest" | "kind" | "stem" | "options" | "imageIds" | "translations"
> & { readonly passageId: string | null };

/** The same content is the same text, byte by byte: fields are written in this order, whatever the order they come in. */
export function contentText({ tryout, sections, passages, items }: PackageContent): string {
  return JSON.stringify({
    format: 1,
    tryout: { id: tryout.id, title: tryout.title, durationMinutes: tryout.durationMinutes },
    sections: sections.map(({ subtest, name, itemCount, durationMinutes }) => ({
      subtest,
      name,
      itemCount,
      durationMinutes,
    })),
    passages: passages.map(({ id, title, text }) => ({ id, title, text })),
    items: items.map(({ id, position, subtest, passageId, kind, stem, options, imageIds, translations }) => ({
      id,
      position,
      subtest,
      passageId,
      kind,
      stem,
      options: options.map(optionOf),
      imageIds,
      translations: translations.map((translation) => ({
        language: translation.language,
        stem: translation.stem,
        options: translation.options.map(optionOf),
      })),
    })),
  });
}

function optionOf({ key, text }: { readonly key: string; readonly text: string }) {
  return { key, text };
}
