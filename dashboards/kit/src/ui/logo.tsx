/** The lantern. */
export function Logo({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="9" className="fill-primary" />
      <g fill="none" className="stroke-on-primary" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M13 8.5a3 3 0 0 1 6 0" />
        <path d="M10.5 11.5h11M11.5 11.5 10 21.5h12l-1.5-10M10.5 24.5h11" />
      </g>
      <path d="M16 14.2c1.9 1.7 1.9 3.9 0 4.8-1.900-.9-1.900-3.100 0-4.800Z" fill="#fbbf24" />
    </svg>
  );
}
