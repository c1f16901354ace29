// One class or group: sessions, who teaches, who sits in it and how much they were there, closing the register.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { dateTime, number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { WhyDialog } from '../../ui/why-dialog.js';
import { classPath } from '../final/which.js';
import { GroupPeople } from './group-people.js';
import { GroupSessions } from './group-sessions.js';
import { GroupStaff } from './group-staff.js';
import { TestRule, TestedCounts } from './test-rule.js';

/** @param {{data: any}} props */
function Glance({ data }) {
	const { group, event, people } = data;
	const enough = people.filter((/** @type {any} */ one) => one.state === 'enrolled' && one.presence.enough).length;
	const facts = [
		[t('classes.enrolled'), number(group.enrolled)],
		[t('classes.planned'), t('classes.hours_of', { n: number(Math.floor(group.planned_minutes / 60)), total: number(event.ore) })],
		[t('classes.present_enough', { n: data.presence_percent }), number(enough)],
	];
	return html`<dl class="glance">${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd><strong>${value}</strong></dd></div>`)}</dl>`;
}

/** Closing, and opening again. @param {{data: any, reload: () => Promise<void>}} props */
function Closing({ data, reload }) {
	const [asked, ask] = useState('');
	const { group, event } = data;
	const act = (/** @type {string} */ what) => async (/** @type {string} */ why) => {
		await api.post(`/class-groups/${group.id}/${what}`, what === 'close' ? { report: why } : { why });
		notify(t(`classes.${what}_done`));
		await reload();
	};
	const field = event.tipo_form === 2;
	return html`<section class="panel mt-4" aria-labelledby="closing"><h2 class="h5" id="closing">${t('classes.register')}</h2>
		<p><a href=${`/api/class-groups/${group.id}/register.csv`} download>${t('classes.register_csv')}</a></p>
		${group.closed
			? html`<p><span class="tag tag-good">${t('classes.closed')}</span> ${t('classes.closed_on', { at: dateTime(group.closed_at) })}</p>
				${data.report && html`<p>${data.report}</p>`}
				${data.may_manage && html`<p class="actions"><button type="button" class="btn btn-outline-primary" onClick=${() => ask('reopen')}>${t('classes.reopen')}</button></p>`}`
			: html`<p>${t('classes.close_text')}</p>
				<p class="actions"><button type="button" class="btn btn-primary" onClick=${() => ask('close')}>${t('classes.close')}</button></p>`}
		${asked === 'close' && html`<${WhyDialog} title=${t('classes.close')} text=${t(field ? 'classes.close_ask_fsc' : 'classes.close_ask')} label=${t('classes.report')} go=${t('classes.close')} optional=${!field} longest=${8000} act=${act('close')} onClose=${() => ask('')} />`}
		${asked === 'reopen' && html`<${WhyDialog} title=${t('classes.reopen')} text=${t('classes.reopen_ask')} go=${t('classes.reopen')} act=${act('reopen')} onClose=${() => ask('')} />`}
	</section>`;
}

/** The test of learning: what the event asks for, and how far it is. @param {{data: any}} props */
function Test({ data }) {
	return html`<section class="panel mt-4" aria-labelledby="test"><h2 class="h5" id="test">${t('results.title')}</h2>
		<${TestRule} test=${data.test} />
		${data.test.demanded && html`<${TestedCounts} tested=${data.tested} />
			<p class="actions"><a class="btn btn-outline-primary" href=${classPath(`/classi/${data.group.id}/verifiche`)}>${t('results.open')}</a></p>`}
	</section>`;
}

/** @param {{data: any}} props */
function Delete({ data }) {
	const remove = useAction(async () => {
		await api.delete(`/class-groups/${data.group.id}`);
		navigate(`/eventi/${data.event.id}/classi`);
	});
	const empty = data.people.length === 0;
	return empty && html`<div class="mt-4"><${ErrorBox} error=${remove.error} />
		<p class="actions"><button type="button" class="btn btn-outline-danger" disabled=${remove.busy} onClick=${remove.run}>${t('classes.delete_group')}</button></p></div>`;
}

/** @param {{id: string}} props */
export function GroupPage({ id }) {
	const load = useLoad(() => api.get(`/class-groups/${id}`), [id]);
	const up = load.data?.may_manage && classPath('') === '' ? { href: `/eventi/${load.data.event.id}/classi`, text: load.data.event.title } : { href: '/aula', text: t('classes.mine') };
	return html`<${Page} title=${load.data?.group.name ?? t('classes.group')} lead=${load.data && !load.data.may_manage ? load.data.event.title : undefined} up=${up}>
		<${Load} of=${load}>${(/** @type {any} */ data) => html`
			<${Glance} data=${data} />
			<${GroupSessions} data=${data} reload=${load.reload} />
			<${GroupStaff} data=${data} reload=${load.reload} />
			<${GroupPeople} data=${data} reload=${load.reload} set=${load.set} />
			<${Test} data=${data} />
			<${Closing} data=${data} reload=${load.reload} />
			${data.may_manage && html`<${Delete} data=${data} />`}`}<//>
	<//>`;
}
