const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in XML and HTML, between tags and in quoted attributes. */
export const escapeXml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
