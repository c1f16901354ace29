// Choosing the course, and its version, of one module at one level: full titles, a filter, one radio button each.

import { useEffect, useRef, useState } from 'preact/hooks';
import { shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { editionName, newestFirst } from './courses.js';

const FILTER_FROM = 8;

/** What may be chosen: versions in use of courses in use, newest first. @param {any[]} courses @returns {{id: number, number: number, title: string, course: any, version: any, newest: boolean}[]} */
export function choices(courses) {
	return courses.filter((course) => !course.retired_at).flatMap((course) => newestFirst(course.versions)
		.filter((version) => !version.retired_at && !version.freed)
		.map((version, i) => ({ id: version.id, number: version.number, title: version.title ?? course.title, course, version, newest: i === 0 })));
}

/** @param {{title: string, courses: any[], current: number | null | 'absent', onChoose: (version: number | null | 'absent') => void, onClose: () => void}} props null: no course yet; absent: no part of the level */
export function ChooseDialog({ title, courses, current, onChoose, onClose }) {
	const [wanted, want] = useState(current);
	const [filter, setFilter] = useState('');
	const list = useRef(/** @type {HTMLElement | null} */ (null));
	useEffect(() => list.current?.querySelector('input:checked')?.scrollIntoView({ block: 'center' }), []);
	const options = choices(courses);
	const shown = options.filter((option) => option.title.toLocaleLowerCase().includes(filter.trim().toLocaleLowerCase()));
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		onChoose(wanted);
	};
	const radio = (/** @type {number | null | 'absent'} */ id, /** @type {any} */ text, /** @type {any} */ more) => html`<div key=${id} class="check">
		<input type="radio" name="version" id=${`version-${id}`} checked=${wanted === id} onChange=${() => want(id)} />
		<label for=${`version-${id}`}>${text}${more && html`<span class="sub">${more}</span>`}</label>
	</div>`;
	return html`<${Dialog} title=${title} onClose=${onClose}>
		<form onSubmit=${submit}>
			${options.length > FILTER_FROM && html`<${TextField} id="filter" label=${t('matrix.filter')} type="search" value=${filter} onInput=${setFilter} />`}
			<fieldset class="plain choices" ref=${list}>
				<legend class="visually-hidden">${t('courses.name')}</legend>
				${radio('absent', t('matrix.absent'), t('matrix.absent_about'))}
				${radio(null, t('matrix.none'), t('matrix.none_about'))}
				${shown.map((option) => radio(option.id, option.title, [t('version.n', { n: option.number }), option.newest && option.course.versions.length > 1 && t('course.newest'),
					editionName(option.version.edition ?? option.course.edition), shortDate(option.version.imported_at)].filter(Boolean).join(' · ')))}
			</fieldset>
			<div class="actions mt-3">
				<button type="submit" class="btn btn-primary" disabled=${wanted === current}>${t('publish.next')}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${onClose}>${t('action.cancel')}</button>
			</div>
		</form>
	<//>`;
}
