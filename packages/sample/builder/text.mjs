// From plain text to HTML and XML text.
export function escape(text) {
	return text.replace(/'/g, '’').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}

/** **strong**, _emphasis_, `code`. */
export function inline(text) {
	return escape(text)
		.replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
		.replace(/(^|[\s(«’])_(.+?)_(?=[\s.,;:)»?!]|$)/g, '$1<em>$2</em>')
		.replace(/`(.+?)`/g, '<code>$1</code>');
}
