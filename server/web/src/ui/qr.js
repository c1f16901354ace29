// A QR code, drawn from the rows that the server made.

import { html } from '../html.js';

/** @param {{code: {size: number, rows: string[]} | null, label: string}} props label: what it says, for who cannot see it */
export function Qr({ code, label }) {
	if (!code) {
		return null;
	}
	const quiet = 4;
	const side = code.size + 2 * quiet;
	const dark = code.rows.flatMap((row, y) => [...row].flatMap((cell, x) => (cell === '1' ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : [])));
	return html`<svg class="qr" role="img" aria-label=${label} viewBox=${`0 0 ${side} ${side}`} shape-rendering="crispEdges">
		<rect width=${side} height=${side} fill="#fff" /><path d=${dark.join('')} fill="#000" />
	</svg>`;
}
