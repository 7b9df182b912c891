import type { ReactElement } from "react";

interface IconProps {
  readonly path: string;
}

/** A picture beside words that say the same: hidden from those who are read to. */
function Icon({ path }: IconProps): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

export const ChevronIcon = (): ReactElement => <Icon path="M6 3.5 10.5 8 6 12.5" />;
export const ExternalIcon = (): ReactElement => <Icon path="M6 4H4v8h8v-2M8.5 3.5h4v4M12.5 3.5 7.5 8.5" />;
export const PlusIcon = (): ReactElement => <Icon path="M8 3v10M3 8h10" />;
export const CrossIcon = (): ReactElement => <Icon path="m4 4 8 8M12 4l-8 8" />;
export const WarningIcon = (): ReactElement => <Icon path="M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.2" />;

/** Streams that run together, as on the page's tab. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" focusable="false">
      <path d="M16 3v26" />
      <path d="M5 5c0 8 11 6 11 14M27 5c0 8-11 6-11 14" />
    </svg>
  );
}
