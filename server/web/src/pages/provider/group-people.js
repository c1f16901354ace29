// Who sits in a class: presence, places given and taken back.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { date, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';
import { WhyDialog } from '../../ui/why-dialog.js';
import { Overlaps } from '../../ui/overlaps.js';
import { FindPeople } from './find-people.js';

const tags = { invited: 'tag-busy', enrolled: '', declined: 'tag-warn', withdrawn: 'tag-warn' };

/** @param {{one: any}} props */
function State({ one }) {
	if (one.completed) {
		return html`<span class="tag tag-good">${t('classes.completed')}</span> <span class="sub">${date(one.completed)}</span>`;
	}
	return html`<span class=${`tag ${tags[/** @type {keyof tags} */ (one.state)]}`}>${t(`classes.state_${one.state}`)}</span>${one.overlaps.length > 0 && html` <span class="tag tag-warn">${t('classes.overlaps')}</span>`}${one.why && html`<span class="sub">${one.why}</span>`}`;
}

/** Who is expected elsewhere while the class meets. @param {{people: any[]}} props */
function Overlapping({ people }) {
	const problems = people.flatMap((one) => one.overlaps);
	return problems.length > 0 && html`<div class="alert alert-warning" role="status"><p class="mb-1"><strong>${t('classes.overlaps_title')}</strong></p>
		<${Overlaps} problems=${problems} /></div>`;
}

/** Chosen among those who finished the path, without a place so far. @param {{data: any, give: (people: number[], state: string) => Promise<void>}} props */
function Chosen({ data, give }) {
	const chosen = useLoad(() => api.get(`/classes/${data.event.id}/chosen`), [data]);
	const invite = useAction(async (/** @type {any[]} */ people) => give(people.map((one) => one.person), 'invited'));
	return html`<${Load} of=${chosen}>${(/** @type {any} */ { people }) => people.length > 0 && html`<div class="panel panel-tinted mt-4">
		<p>${t('classes.chosen_waiting', { n: people.length })} ${people.map((/** @type {any} */ one) => `${one.given_name} ${one.family_name}`).join(', ')}</p>
		<${ErrorBox} error=${invite.error} />
		<p class="actions mb-0"><button type="button" class="btn btn-outline-primary" disabled=${invite.busy} onClick=${() => invite.run(people)}>${t('classes.invite_chosen')}</button></p>
	</div>`}<//>`;
}

/** @param {{data: any, reload: () => Promise<void>, set: (data: any) => void}} props */
export function GroupPeople({ data, reload, set }) {
	const [leaving, leave] = useState(/** @type {any} */ (null));
	const { group, people } = data;
	const manage = data.may_manage && !group.closed;
	const give = async (/** @type {number[]} */ ids, /** @type {string} */ state) => {
		set(await api.post(`/class-groups/${group.id}/people`, { people: ids, state, why: '' }));
		notify(t(`classes.given_${state}`));
	};
	const enrol = useAction(async (/** @type {number} */ person) => give([person], 'enrolled'));
	const withdraw = async (/** @type {string} */ why) => set(await api.post(`/class-groups/${group.id}/people/${leaving.person}/withdraw`, { why }));
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ one) => html`${data.may_manage ? html`<a href=${`/persone/${one.person}`}>${one.family_name} ${one.given_name}</a>` : `${one.family_name} ${one.given_name}`}<span class="sub code">${one.codice_fiscale}</span>` },
		{ name: t('people.state'), cell: (/** @type {any} */ one) => html`<${State} one=${one} />` },
		{ name: t('classes.presence'), num: true, cell: (/** @type {any} */ one) => html`${number(one.presence.percent)} %${one.presence.enough && html` <span class="tag tag-good">${t('classes.enough')}</span>`}${one.presence.lacks_exit && html`<span class="sub"><span class="tag tag-warn">${t('classes.lacks_exit')}</span></span>`}` },
		...(manage ? [{ name: t('classes.actions'), actions: true, cell: (/** @type {any} */ one) => html`
			${one.state === 'invited' && html`<button type="button" class="btn btn-sm btn-outline-primary" disabled=${enrol.busy} onClick=${() => enrol.run(one.person)}>${t('classes.enrol')}</button>`}
			${['invited', 'enrolled'].includes(one.state) && html`<button type="button" class="btn btn-sm btn-outline-primary" onClick=${() => leave(one)}>${t('classes.withdraw')}</button>`}` }] : []),
	];
	return html`<section class="mt-5" aria-labelledby="people"><h2 class="h4" id="people">${t('classes.people')}</h2>
		<${Overlapping} people=${people} />
		<${Table} caption=${t('classes.people')} columns=${columns} rows=${people} keyOf=${(/** @type {any} */ one) => one.person} empty=${t('classes.no_people')} />
		<${ErrorBox} error=${enrol.error} />
		${manage && html`<${Chosen} data=${data} give=${give} />
			<${FindPeople} id="find-people" label=${t('classes.find_people')} hidden=${people.filter((/** @type {any} */ one) => one.state === 'enrolled').map((/** @type {any} */ one) => one.person)}
				buttons=${[[t('classes.invite'), (/** @type {any} */ person) => give([person.id], 'invited')], [t('classes.enrol'), (/** @type {any} */ person) => give([person.id], 'enrolled')]]} />`}
		${leaving && html`<${WhyDialog} title=${t('classes.withdraw')} text=${t('classes.withdraw_ask', { name: `${leaving.given_name} ${leaving.family_name}` })} go=${t('classes.withdraw')} act=${withdraw} onClose=${() => leave(null)} />`}
	</section>`;
}
