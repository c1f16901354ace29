// Putting a version into modules: where, who is touched by each choice, and the confirmation of just these numbers.

import { useEffect, useRef, useState } from 'preact/hooks';
import { api, asApiError } from '../../api.js';
import { number } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Dialog } from '../../ui/dialog.js';
import { Loading } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';

/** @typedef {{module: number, level: string, version: number | null, part?: boolean}} Change part false: the module is to be no part of the level */

/** The people of several changes together. @param {any[]} changes of a preview */
export function sum(changes) {
	const total = { fresh: 0, opened: 0, in_progress: 0, completed: 0, already: 0, working: 0, asked: 0 };
	for (const { people } of changes) {
		for (const key of /** @type {(keyof typeof total)[]} */ (Object.keys(total))) {
			total[key] += people[key];
		}
	}
	return total;
}

/** @param {{change: any, level: string, checked: boolean, only: boolean, onCheck: (on: boolean) => void}} props only: there is nothing to choose */
function Place({ change, level, checked, only, onCheck }) {
	const id = `place-${change.module}-${change.level}`;
	const now = change.from ? t('publish.now', { title: change.from.title, n: change.from.number }) : t('publish.now_none');
	const text = html`${t('publish.place', { module: change.module, level })}
		<span class="sub">${change.from && change.from.id === change.to?.id ? t('publish.same') : now}</span>`;
	return only
		? html`<p class="mb-1">${text}</p>`
		: html`<div class="check"><input type="checkbox" id=${id} checked=${checked} onChange=${(/** @type {any} */ event) => onCheck(event.target.checked)} /><label for=${id}>${text}</label></div>`;
}

/** @param {{preview: any, policy: string, onPolicy: (policy: string) => void}} props */
function Policies({ preview, policy, onPolicy }) {
	return html`<fieldset class="plain">
		<legend>${t('publish.policy')}</legend>
		<p class="field-help">${t('publish.policy_help')}</p>
		${preview.policies.map((/** @type {any} */ each) => html`<div key=${each.policy} class="check policy">
			<input type="radio" name="policy" id=${`policy-${each.policy}`} value=${each.policy} checked=${policy === each.policy} onChange=${() => onPolicy(each.policy)} />
			<label for=${`policy-${each.policy}`}>${t(`publish.${each.policy}`)} <span class=${`tag ${each.people > 0 ? 'tag-warn' : ''}`}>${t('publish.touched', { n: each.people })}</span>
				<span class="sub">${t(`publish.${each.policy}_about`)}</span></label>
		</div>`)}
	</fieldset>`;
}

/** What the numbers mean, in sentences. @param {{preview: any, removes: boolean, absent: boolean}} props */
function Counts({ preview, removes, absent }) {
	const total = sum(preview.changes);
	return html`<div class="panel panel-tinted mb-3" aria-live="polite">
		<p class="mb-0">${t(absent ? 'publish.counts_absent' : removes ? 'publish.counts_removed' : 'publish.counts', { ...total, in_progress: removes ? total.opened + total.in_progress : total.in_progress })}</p>
		${total.working > 0 && html`<p class="mb-0 mt-2"><strong>${t('publish.working', { n: total.working })}</strong></p>`}
		${!removes && total.asked > 0 && html`<p class="mb-0 mt-2">${t('publish.asked', { n: total.asked })}</p>`}
	</div>`;
}

/** The preview of those changes that are chosen, asked anew when they change. @param {Change[]} changes @param {boolean[]} chosen */
function usePreview(changes, chosen) {
	const [state, setState] = useState({ all: /** @type {any} */ (null), some: /** @type {any} */ (null), error: /** @type {unknown} */ (null) });
	const turn = useRef(0);
	const mark = chosen.join();
	useEffect(() => {
		const mine = ++turn.current;
		const wanted = changes.filter((_, i) => chosen[i]);
		const ask = (/** @type {Change[]} */ list) => (list.length > 0 ? api.post('/publications/preview', { changes: list }) : null);
		Promise.all([state.all ?? ask(changes), wanted.length === changes.length ? null : ask(wanted)])
			.then(([all, some]) => mine === turn.current && setState({ all, some: wanted.length === changes.length ? all : some, error: null }))
			.catch((error) => mine === turn.current && setState((old) => ({ ...old, error })));
	}, [mark]);
	return { ...state, set: (/** @type {any} */ some) => setState((old) => ({ ...old, some })) };
}

/**
 * @param {{changes: Change[], title: string, levels: any[], onClose: (published: boolean) => void}} props
 * changes: each place that may be published to, all chosen at first
 */
export function PublishDialog({ changes, title, levels, onClose }) {
	const [chosen, choose] = useState(changes.map(() => true));
	const [policy, setPolicy] = useState('never');
	const [moved, setMoved] = useState(false);
	const preview = usePreview(changes, chosen);
	const removes = changes.every((change) => change.version === null);
	const absent = changes.every((change) => change.part === false);
	const levelName = (/** @type {string} */ id) => pick(levels.find((level) => level.id === id), 'name') || id;
	const confirm = useAction(async () => {
		const token = preview.some.policies.find((/** @type {any} */ each) => each.policy === policy).token;
		setMoved(false);
		try {
			const { people } = await api.post('/publications', { changes: changes.filter((_, i) => chosen[i]), policy, token });
			notify(removes ? t('matrix.saved') : t('publish.done', { n: number(people) }));
			onClose(true);
		} catch (error) {
			const fault = asApiError(error);
			if (fault.code !== 'NUMBERS_CHANGED') {
				throw error;
			}
			preview.set(fault.body.preview);
			setMoved(true);
		}
	});
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		confirm.run();
	};
	return html`<${Dialog} title=${title} onClose=${() => onClose(false)}>
		<${ErrorBox} error=${preview.error ?? confirm.error} title=${t('publish.failed')} />
		${!preview.all && !preview.error && html`<p>${t('publish.counting')}</p><${Loading} />`}
		${preview.all && html`<form onSubmit=${submit}>
			<fieldset class="plain mb-3">
				<legend>${t('publish.places')}</legend>
				${changes.length > 1 && html`<p class="field-help">${t('publish.places_help')}</p>`}
				${preview.all.changes.map((/** @type {any} */ change, /** @type {number} */ i) => html`<${Place} key=${`${change.module} ${change.level}`} change=${change}
					level=${levelName(change.level)} checked=${chosen[i]} only=${changes.length === 1}
					onCheck=${(/** @type {boolean} */ on) => choose(chosen.map((old, k) => (k === i ? on : old)))} />`)}
			</fieldset>
			${preview.some && html`<${Counts} preview=${preview.some} removes=${removes} absent=${absent} />
				${!removes && html`<${Policies} preview=${preview.some} policy=${policy} onPolicy=${setPolicy} />`}`}
			${moved && html`<p class="alert alert-warning mt-3" role="alert">${t('publish.moved_on')}</p>`}
			<div class="actions mt-3">
				<button type="submit" class="btn btn-primary" disabled=${confirm.busy || !preview.some}>${t(absent ? 'publish.confirm_absent' : removes ? 'publish.confirm_none' : 'publish.confirm')}</button>
				<button type="button" class="btn btn-outline-primary" onClick=${() => onClose(false)}>${t('action.cancel')}</button>
			</div>
		</form>`}
	<//>`;
}
