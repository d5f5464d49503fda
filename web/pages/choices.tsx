/** A row of links of which one holds, such as the time span. */
export function Choices({
  label,
  choices,
}: {
  label: string
  choices: { text: string; href: string; isCurrent: boolean }[]
}) {
  return (
    <nav class="choices" aria-label={label}>
      {choices.map(({ text, href, isCurrent }) => (
        <a href={href} aria-current={isCurrent ? 'true' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  )
}
