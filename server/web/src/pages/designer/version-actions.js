// What can be done with a version of a course, or with the whole of it: publish, roll back, retire, bring back, free space.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { bytes, dateTime } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';
import { PublishDialog } from './publish-dialog.js';

/** "modulo 1, livello base; …" @param {any[]} uses @param {any[]} levels */
export function usesText(uses, levels) {
	return uses.map((use) => t('course.use', { module: use.module, level: pick(levels.find((level) => level.id === use.level), 'name') || use.level })).join('; ');
}

/** @param {{title: string, text: any, warning?: any, button: string, path: string, onClose: (done: boolean) => void}} props */
function ConfirmDialog({ title, text, warning, button, path, onClose }) {
	const act = useAction(async () => {
		await api.post(path);
		notify(t('version.done'));
		onClose(true);
	});
	return html`<${Dialog} title=${title} onClose=${() => onClose(false)}>
		<${ErrorBox} error=${act.error} title=${t('version.not_done')} />
		<p>${text}</p>
		${warning && html`<p><strong>${warning}</strong></p>`}
		<div class="actions">
			<button type="button" class="btn btn-primary" disabled=${act.busy} onClick=${() => act.run()}>${button}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(false)}>${t('action.cancel')}</button>
		</div>
	<//>`;
}

/** A first place for a course that has none. @param {{path: any, title: string, onChoose: (change: {module: number, level: string}) => void, onClose: () => void}} props */
function PlaceDialog({ path, title, onChoose, onClose }) {
	const [module, setModule] = useState(String(path.modules[0]?.index ?? 1));
	const [level, setLevel] = useState(path.levels[0]?.id ?? '');
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		onChoose({ module: Number(module), level });
	};
	return html`<${Dialog} title=${title} onClose=${onClose}>
		<form onSubmit=${submit}>
			<p>${t('publish.no_places')}</p>
			<${SelectField} id="module" label=${t('matrix.module')} value=${module} onInput=${setModule} options=${path.modules.map((/** @type {any} */ each) => [each.index, `${each.index}. ${pick(each, 'title')}`])} />
			<${SelectField} id="level" label=${t('home.level')} value=${level} onInput=${setLevel} options=${path.levels.map((/** @type {any} */ each) => [each.id, pick(each, 'name')])} />
			<button type="submit" class="btn btn-primary">${t('publish.next')}</button>
		</form>
	<//>`;
}

/** @param {{course: any, version: any, path: any, reload: () => void}} props */
export function VersionActions({ course, version, path, reload }) {
	const [open, setOpen] = useState(/** @type {null | 'publish' | 'retire' | 'free'} */ (null));
	const [place, setPlace] = useState(/** @type {any} */ (null));
	const back = useAction(async () => {
		await api.post(`/courses/${course.id}/versions/${version.id}/restore`);
		notify(t('version.done'));
		reload();
	});
	const close = (/** @type {boolean} */ done) => {
		setOpen(null);
		setPlace(null);
		if (done) {
			reload();
		}
	};
	const uses = course.used_by.filter((/** @type {any} */ use) => use.version === version.id);
	const others = course.used_by.filter((/** @type {any} */ use) => use.version !== version.id);
	const older = others.some((/** @type {any} */ use) => course.versions.find((/** @type {any} */ each) => each.id === use.version)?.number > version.number);
	const usable = !course.retired_at && !version.retired_at && !version.freed;
	const address = `/courses/${course.id}/versions/${version.id}`;
	const places = place ? [place] : others.map((/** @type {any} */ use) => ({ module: use.module, level: use.level, version: version.id }));
	const button = (/** @type {string} */ key, /** @type {() => void} */ run, /** @type {string} */ kind = 'outline-primary') => html`<button key=${key + kind} type="button" class=${`btn btn-${kind}`}
		aria-label=${t('version.action_for', { action: t(key), n: version.number })} onClick=${run}>${t(key)}</button>`;
	return html`<${ErrorBox} error=${back.error} title=${t('version.not_done')} />
		${usable && button(others.length === 0 ? 'version.place' : older ? 'version.roll_back' : 'version.publish', () => setOpen('publish'), others.length > 0 ? 'primary' : 'outline-primary')}
		${!version.retired_at && button('version.retire', () => setOpen('retire'))}
		${version.retired_at && !version.freed && button('version.restore', () => back.run())}
		${version.retired_at && !version.freed && version.attempts === 0 && uses.length === 0 && button('version.free', () => setOpen('free'))}
		${open === 'publish' && (places.length > 0
			? html`<${PublishDialog} changes=${places} levels=${path.levels} title=${t('publish.title', { n: version.number })} onClose=${close} />`
			: html`<${PlaceDialog} path=${path} title=${t('publish.title', { n: version.number })} onClose=${() => close(false)}
				onChoose=${(/** @type {any} */ change) => setPlace({ ...change, version: version.id })} />`)}
		${open === 'retire' && html`<${ConfirmDialog} title=${t('retire.title', { n: version.number })} text=${t('retire.text')} button=${t('version.retire')} path=${`${address}/retire`} onClose=${close}
			warning=${uses.length > 0 && t('retire.in_use', { uses: usesText(uses, path.levels) })} />`}
		${open === 'free' && html`<${ConfirmDialog} title=${t('free.title', { n: version.number })} text=${t('free.text', { bytes: bytes(version.bytes) })} button=${t('version.free')} path=${`${address}/free`} onClose=${close} />`}`;
}

/** @param {{course: any, path: any, reload: () => void}} props */
export function CourseUse({ course, path, reload }) {
	const [asking, ask] = useState(false);
	const back = useAction(async () => {
		await api.post(`/courses/${course.id}/restore`);
		notify(t('version.done'));
		reload();
	});
	return html`<div class="matrix-head">
		<p class="mb-0">${course.retired_at
			? html`<span class="tag tag-bad">${t('retire.course_tag')}</span> ${t('retire.course_state', { date: dateTime(course.retired_at) })}`
			: course.used_by.length > 0 ? `${t('course.used_in')}: ${usesText(course.used_by, path.levels)}` : t('courses.unused')}</p>
		${course.retired_at
			? html`<button type="button" class="btn btn-outline-primary" disabled=${back.busy} onClick=${() => back.run()}>${t('retire.course_restore')}</button>`
			: html`<button type="button" class="btn btn-outline-primary" onClick=${() => ask(true)}>${t('retire.course')}</button>`}
		<${ErrorBox} error=${back.error} title=${t('version.not_done')} />
		${asking && html`<${ConfirmDialog} title=${t('retire.course_title')} text=${t('retire.text')} button=${t('retire.course')} path=${`/courses/${course.id}/retire`}
			warning=${course.used_by.length > 0 && t('retire.in_use', { uses: usesText(course.used_by, path.levels) })}
			onClose=${(/** @type {boolean} */ done) => {
				ask(false);
				if (done) {
					reload();
				}
			}} />`}
	</div>`;
}
