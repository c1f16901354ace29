// Icons of Bootstrap Italia, from the sprite on our own host.

import { html, classes } from '../html.js';

/** A decorative icon; what it means must also stand in words. @param {{name: string, size?: '' | 'xs' | 'sm' | 'lg' | 'xl', color?: string, class?: string}} props */
export function Icon({ name, size = '', color = '', class: more = '' }) {
	const names = classes('icon', size && `icon-${size}`, color && `icon-${color}`, more);
	return html`<svg class=${names} aria-hidden="true" focusable="false"><use href=${`/assets/img/icons.svg#it-${name}`} /></svg>`;
}
