// Choosing a file, by dropping it or with the button; its way to the server as a bar.

import { useRef, useState } from 'preact/hooks';
import { html, classes } from '../html.js';
import { bytes, percent } from '../format.js';
import { t } from '../i18n.js';
import { Icon } from './icon.js';
import { Meter } from './meter.js';

/**
 * @typedef {object} UploadProps
 * @property {string} id
 * @property {string} title what may be dropped here
 * @property {any} [help]
 * @property {string} accept
 * @property {string} button
 * @property {{name: string, size: number, share: number} | null} progress the file on its way
 * @property {boolean} [several] more than one at once; they are given one by one
 * @property {(file: File) => void} onFile
 */

/** @param {{name: string, size: number, share: number}} props */
function Going({ name, size, share }) {
	const arrived = share >= 1;
	return html`<div class="upload-progress" role="status">
		<p><strong class="text-break">${name}</strong> <span class="muted">(${bytes(size)})</span></p>
		<${Meter} share=${share} label=${t('upload.progress')} />
		<p class="muted">${arrived ? t('upload.checking') : t('upload.sent', { share: percent(share) })}</p>
	</div>`;
}

/** @param {UploadProps} props */
export function Upload({ id, title, help, accept, button, progress, several = false, onFile }) {
	const [over, setOver] = useState(false);
	const input = useRef(/** @type {HTMLInputElement | null} */ (null));
	const take = (/** @type {FileList | null | undefined} */ files) => {
		if (!progress) {
			Array.from(files ?? []).slice(0, several ? undefined : 1).forEach((file) => onFile(file));
		}
		if (input.current) {
			input.current.value = ''; // The same file, mended, can be chosen again.
		}
	};
	const drop = (/** @type {DragEvent} */ event) => {
		event.preventDefault();
		setOver(false);
		take(event.dataTransfer?.files);
	};
	const drag = (/** @type {DragEvent} */ event) => {
		event.preventDefault();
		setOver(event.type === 'dragover');
	};
	return html`<div class=${classes('drop', over && 'drop-over')} onDragOver=${drag} onDragLeave=${drag} onDrop=${drop}>
		<${Icon} name="upload" size="lg" color="primary" />
		<div class="drop-text">
			<p><strong>${title}</strong></p>
			${help && html`<p class="muted" id=${`${id}-help`}>${help}</p>`}
		</div>
		<div>
			<input ref=${input} type="file" id=${id} accept=${accept} multiple=${several} disabled=${progress !== null} aria-describedby=${help ? `${id}-help` : undefined}
				onChange=${(/** @type {any} */ event) => take(event.target.files)} />
			<label for=${id} class=${classes('btn btn-primary', progress && 'disabled')}>${button}</label>
		</div>
		${progress && html`<${Going} ...${progress} />`}
	</div>`;
}
