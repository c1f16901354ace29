// What was done with a course: uploads, publications, retirements; when and by whom.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { dateTime } from '../../format.js';
import { html } from '../../html.js';
import { knows, pick, t } from '../../i18n.js';
import { Load, useLoad } from '../../ui/load.js';
import { Pager, Table } from '../../ui/table.js';

/** An act in a sentence. @param {any} act @param {any[]} levels */
export function sentence(act, levels) {
	const key = `history.${act.act}`;
	const detail = typeof act.detail === 'object' ? act.detail : { text: String(act.detail) };
	if (!knows(key)) {
		return `${act.act} ${detail.text ?? ''}`;
	}
	return t(key, {
		...detail,
		text: String(detail.text ?? '').replace(/ [0-9a-f]{64}$/, ''),
		level: pick(levels.find((level) => level.id === detail.level), 'name') || detail.level || '',
		policy: detail.policy ? t(`publish.${detail.policy}`).toLocaleLowerCase() : '',
		people: detail.people !== undefined ? t('publish.touched', { n: detail.people }) : '',
		which: detail.number ? t('version.n', { n: detail.number }) : t('history.whole'),
	});
}

/** @param {{course: any, levels: any[]}} props */
export function CourseHistory({ course, levels }) {
	const [page, setPage] = useState(1);
	const history = useLoad(() => api.get(`/courses/${course.id}/history?page=${page}`), [course, page]);
	const columns = [
		{ name: t('history.when'), head: true, cell: (/** @type {any} */ act) => html`<span class="text-nowrap">${dateTime(act.at)}</span>` },
		{ name: t('history.what'), cell: (/** @type {any} */ act) => sentence(act, levels) },
		{ name: t('history.who'), cell: (/** @type {any} */ act) => act.by || t('history.program') },
	];
	return html`<h2>${t('history.title')}</h2>
		<${Load} of=${history}>${(/** @type {any} */ data) => html`
			<${Table} caption=${t('history.title')} columns=${columns} rows=${data.acts} keyOf=${(/** @type {any} */ act) => `${act.at} ${JSON.stringify(act.detail)}`} empty=${t('history.empty')} />
			${data.pages > 1 && html`<${Pager} page=${data.page} pages=${data.pages} total=${data.total} onPage=${setPage} />`}`}<//>`;
}
