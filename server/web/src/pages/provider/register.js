// The register of a session: the class's code to show, badges to scan, who is there, entries by hand, corrections, lists.

import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date, dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextArea, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Qr } from '../../ui/qr.js';
import { Table } from '../../ui/table.js';
import { WhyDialog } from '../../ui/why-dialog.js';
import { classPath } from '../final/which.js';
import { CsvList } from './class-list.js';

/** The code that changes each minute, as large as a class can read. @param {{id: string, onTick: () => void}} props onTick: look who has signed */
function ClassCode({ id, onTick }) {
	const code = useLoad(() => api.get(`/class-sessions/${id}/code`), [id]);
	const seconds = code.data?.seconds ?? 0;
	useEffect(() => {
		const next = setTimeout(code.reload, Math.max(1, seconds) * 1000);
		return () => clearTimeout(next);
	}, [code.data]);
	useEffect(() => {
		const look = setInterval(onTick, 5000);
		return () => clearInterval(look);
	}, []);
	return html`<section class="panel class-code" aria-labelledby="code"><h2 class="h5" id="code">${t('roll.code')}</h2>
		<p>${t('roll.code_text')}</p>
		<${Load} of=${code}>${(/** @type {any} */ data) => html`<p class="class-code-digits code">${data.code.slice(0, 3)} ${data.code.slice(3)}</p>
			<${Qr} code=${data.qr} label=${t('roll.qr', { code: data.code })} /><p class="muted mb-0 text-break">${new URL(data.url).host}/presenza</p>`}<//>
	</section>`;
}

/** A field that takes what a reader types, and says at once what came of it. @param {{id: string, onScan: () => void}} props */
function Scanner({ id, onScan }) {
	const [badge, setBadge] = useState('');
	const [last, setLast] = useState(/** @type {any} */ (null));
	const field = useRef(/** @type {HTMLElement | null} */ (null));
	const scan = useAction(async () => {
		setLast(null);
		setLast(await api.post(`/class-sessions/${id}/scan`, { badge }));
		onScan();
	});
	const submit = async (/** @type {Event} */ event) => {
		event.preventDefault();
		await scan.run();
		setBadge('');
		field.current?.querySelector('input')?.focus();
	};
	return html`<section class="panel" aria-labelledby="scan"><h2 class="h5" id="scan">${t('roll.scan')}</h2><p>${t('roll.scan_text')}</p>
		<form onSubmit=${submit} ref=${field}><${TextField} id="badge" label=${t('roll.badge')} value=${badge} onInput=${setBadge} autocomplete="off" spellcheck="false" maxlength="60" />
			<button type="submit" class="btn btn-primary" disabled=${scan.busy || !badge.trim()}>${t('roll.record')}</button></form>
		<div role="status" class="mt-3">${last && html`<p class="alert alert-success mb-0">${t(last.again ? 'roll.scanned_again' : `roll.scanned_${last.mark.way}`, { name: `${last.given_name} ${last.family_name}`, clock: last.mark.clock })}</p>`}</div>
		<${ErrorBox} error=${scan.error} />
	</section>`;
}

/** @param {{data: any, person: any, onClose: (data: any) => void}} props */
function ByHand({ data, person, onClose }) {
	const [form, setForm] = useState({ way: person.inside ? 'out' : 'in', clock: person.inside ? data.session.ends : data.session.begins, why: '' });
	const save = useAction(async () => onClose(await api.post(`/class-sessions/${data.session.id}/marks`, { person: person.person, ...form })));
	const errors = formErrors(save.error, ['clock', 'why']);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<${Dialog} title=${`${person.given_name} ${person.family_name}`} onClose=${() => onClose(null)}><form onSubmit=${submit} noValidate>
		<div class="field-grid"><${SelectField} id="way" label=${t('roll.way')} value=${form.way} onInput=${(/** @type {string} */ way) => setForm({ ...form, way })} options=${['in', 'out'].map((way) => [way, t(`roll.${way}`)])} />
			<${TextField} id="clock" type="time" label=${t('roll.clock')} value=${form.clock} error=${errors.of('clock')} onInput=${(/** @type {string} */ clock) => setForm({ ...form, clock })} /></div>
		<${TextArea} id="why" label=${t('classes.why')} help=${t('roll.why_help')} value=${form.why} error=${errors.of('why')} maxlength="500" onInput=${(/** @type {string} */ why) => setForm({ ...form, why })} />
		<${ErrorBox} error=${errors.rest} />
		<div class="actions"><button type="submit" class="btn btn-primary" disabled=${save.busy || !form.why.trim()}>${t('roll.record')}</button>
			<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(null)}>${t('action.cancel')}</button></div>
	</form><//>`;
}

/** @param {{marks: any[], onVoid: ((mark: any) => void) | null}} props */
function Marks({ marks, onVoid }) {
	return html`<ul class="list-unstyled mb-0">${marks.map((mark) => html`<li key=${mark.id} class=${mark.void_at ? 'muted' : ''}>
		${mark.void_at ? html`<s>${t(`roll.${mark.way}`)} ${mark.clock}</s>` : html`<strong>${t(`roll.${mark.way}`)} ${mark.clock}</strong>`} <span class="sub">${[t(`roll.how_${mark.how}`), mark.how !== 'code' && mark.by, mark.why].filter(Boolean).join(' · ')}${mark.void_at && ` — ${t('roll.voided', { by: mark.void_by, at: dateTime(mark.void_at), why: mark.void_why })}`}</span>
		${onVoid && !mark.void_at && html`<button type="button" class="btn btn-link btn-sm p-0" aria-label=${`${t('roll.void')}: ${t(`roll.${mark.way}`)} ${mark.clock}`} onClick=${() => onVoid(mark)}>${t('roll.void')}</button>`}
	</li>`)}</ul>`;
}

/** @param {{data: any, set: (data: any) => void}} props */
function People({ data, set }) {
	const [entering, enter] = useState(/** @type {any} */ (null));
	const [voiding, setVoiding] = useState(/** @type {any} */ (null));
	const open = !data.group.closed;
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ one) => html`${one.family_name} ${one.given_name}<span class="sub code">${one.codice_fiscale}</span>` },
		{ name: t('roll.marks'), cell: (/** @type {any} */ one) => html`${one.inside && html`<span class=${`tag ${one.lacks_exit ? 'tag-warn' : 'tag-good'}`}>${t(one.lacks_exit ? 'classes.lacks_exit' : 'roll.inside')}</span>`}<${Marks} marks=${one.marks} onVoid=${open ? setVoiding : null} />` },
		{ name: t('roll.minutes'), num: true, cell: (/** @type {any} */ one) => number(one.minutes) },
		...(open ? [{ name: t('classes.actions'), actions: true, cell: (/** @type {any} */ one) => html`<button type="button" class="btn btn-sm btn-outline-primary" onClick=${() => enter(one)}>${t('roll.by_hand')}</button>` }] : []),
	];
	const done = (/** @type {any} */ next) => {
		enter(null);
		if (next) {
			set(next);
		}
	};
	return html`<${Table} caption=${t('roll.title')} columns=${columns} rows=${data.people} keyOf=${(/** @type {any} */ one) => one.person} empty=${t('roll.nobody')} />
		${entering && html`<${ByHand} data=${data} person=${entering} onClose=${done} />`}
		${voiding && html`<${WhyDialog} title=${t('roll.void')} text=${t('roll.void_ask')} go=${t('roll.void')} onClose=${() => setVoiding(null)}
			act=${async (/** @type {string} */ why) => set(await api.post(`/class-sessions/${data.session.id}/marks/${voiding.id}/void`, { why }))} />`}`;
}

/** @param {{id: string}} props */
export function RegisterPage({ id }) {
	const [leaving, leave] = useState(false);
	const register = useLoad(() => api.get(`/class-sessions/${id}`), [id]);
	const { data } = register;
	const here = data?.people.filter((/** @type {any} */ one) => one.inside).length ?? 0;
	const came = data?.people.filter((/** @type {any} */ one) => one.marks.some((/** @type {any} */ mark) => !mark.void_at)).length ?? 0;
	const title = data ? t('roll.of', { group: data.group.name }) : t('roll.title');
	const lead = data && `${date(data.session.day)}, ${data.session.begins}–${data.session.ends}${data.session.venue_name ? ` · ${data.session.venue_name}, ${data.session.town}` : ''}`;
	return html`<${Page} title=${title} lead=${lead} up=${data ? { href: classPath(`/classi/${data.group.id}`), text: data.group.name } : undefined}>
		<${Load} of=${register}>${() => html`
			${data.group.closed && html`<p class="alert alert-info">${t('roll.closed')}</p>`}
			${data.signing ? html`<div class="class-signing"><${ClassCode} id=${id} onTick=${register.reload} /><${Scanner} id=${id} onScan=${register.reload} /></div>`
				: !data.group.closed && html`<p class="muted">${t('roll.not_now')}</p>`}
			<div class="head-row mt-4"><h2 class="h4">${t(data.over ? 'roll.came' : 'roll.present', { n: data.over ? came : here, total: data.people.length })}</h2></div>
			<${People} data=${data} set=${register.set} />
			${!data.group.closed && data.over && here > 0 && html`<p class="actions"><button type="button" class="btn btn-outline-primary" onClick=${() => leave(true)}>${t('roll.exits')}</button></p>`}
			${!data.group.closed && html`<details class="mt-4"><summary>${t('roll.from_list')}</summary><p class="mt-3">${t('roll.from_list_text')}</p>
				<${CsvList} path=${`/class-sessions/${id}/list.csv`} id="marks-list" text=${t('roll.list')} columns="codice_fiscale;entrata;uscita" counts=${['taken', 'rejected']} onDone=${register.reload} /></details>`}
			${leaving && html`<${WhyDialog} title=${t('roll.exits')} text=${t('roll.exits_ask', { n: here, clock: data.session.ends })} go=${t('roll.record')} onClose=${() => leave(false)}
				act=${async (/** @type {string} */ why) => register.set(await api.post(`/class-sessions/${id}/exits`, { why }))} />`}`}<//>
	<//>`;
}
