// A campaign's draft: which words, to whom, when.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { asOptions, table } from '../../tables.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { states } from './people.js';

const groups = ['operatori', 'mmg_pls', 'segreteria', 'formatori', 'dirigenti'];
const empty = { name: '', template: '', company: '', profession: '', target_group: '', level: '', person_state: '', event: 0, event_state: '', idle_days: 14, few: 1, start_at: '', repeat_days: 0, rounds_max: 4 };

/** "2026-02-03T10:11:12Z" as the local time a datetime-local control shows. @param {string} time */
function localTime(time) {
	const at = new Date(time);
	return time ? new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16) : '';
}

/** What the form needs to choose from. */
export async function loadChoices() {
	const [{ templates }, companies, professions, { levels }, { events }] = await Promise.all([api.get('/mail/templates'), table('companies'), table('professions'), api.get('/path'), api.get('/ecm/events')]);
	return { templates, companies, professions, levels, events: events.filter((/** @type {any} */ event) => event.tipo_form === 2 || event.tipo_form === 3) };
}

/** @param {{campaign: any, choices: any, onSaved: (campaign: any) => void}} props campaign: null for a new one */
export function CampaignForm({ campaign, choices, onSaved }) {
	const [form, setForm] = useState(campaign ? { ...campaign, start_at: localTime(campaign.start_at) } : { ...empty, event: Number(new URL(location.href).searchParams.get('evento') ?? 0) });
	const kind = choices.templates.find((/** @type {any} */ each) => String(each.id) === String(form.template))?.kind;
	const save = useAction(async () => {
		const body = {
			...Object.fromEntries(['name', 'company', 'target_group', 'level', 'person_state', 'event_state'].map((name) => [name, form[name]])),
			...Object.fromEntries(['template', 'profession', 'event', 'idle_days', 'few', 'rounds_max'].map((name) => [name, Number(form[name])])),
			repeat_days: kind === 'general' ? 0 : Number(form.repeat_days),
			start_at: form.start_at ? new Date(form.start_at).toISOString().replace(/\.\d+Z/, 'Z') : '',
		};
		onSaved(campaign ? await api.put(`/campaigns/${campaign.id}`, body) : await api.post('/campaigns', body));
	});
	const errors = formErrors(save.error, Object.keys(empty));
	const field = (/** @type {string} */ name) => ({ id: name, label: t(`campaign.${name}`), value: form[name], error: errors.of(name), onInput: (/** @type {string} */ value) => setForm({ ...form, [name]: value }) });
	const choice = (/** @type {string} */ name, /** @type {any[]} */ options) => html`<${SelectField} ...${field(name)} value=${form[name] || ''} empty=${t('people.all')} options=${options} />`;
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<form class="panel" onSubmit=${submit}>
		<${TextField} ...${field('name')} required maxlength="200" />
		<${SelectField} ...${field('template')} required empty=${t('campaign.choose')} help=${kind && t(`mail.fits_${kind}`)}
			options=${choices.templates.map((/** @type {any} */ each) => [each.id, each.name])} />
		${kind === 'idle' && html`<${TextField} ...${field('idle_days')} type="number" min="1" max="365" />`}
		${kind === 'almost' && html`<${TextField} ...${field('few')} type="number" min="1" max="64" />`}
		<h2 class="h5">${t('campaign.whom')}</h2>
		${choices.events.length > 0 && html`<${SelectField} ...${field('event')} value=${form.event || ''} empty=${t('campaign.no_event')} help=${t('campaign.event_help')} options=${choices.events.map((/** @type {any} */ event) => [event.id, event.title])} />`}
		${Number(form.event) > 0 && html`<${SelectField} ...${field('event_state')} empty=${t('campaign.event_both')} options=${['invited', 'enrolled'].map((state) => [state, t(`classes.filter_${state}`)])} />`}
		${choice('company', asOptions(choices.companies))}
		${choice('profession', asOptions(choices.professions))}
		${choice('target_group', groups.map((group) => [group, t(`campaign.group_${group}`)]))}
		${choice('level', choices.levels.map((/** @type {any} */ level) => [level.id, pick(level, 'name')]))}
		${choice('person_state', states.map((state) => [state, t(`people.state_${state}`)]))}
		<h2 class="h5">${t('campaign.when')}</h2>
		<${TextField} ...${field('start_at')} type="datetime-local" help=${t('campaign.start_at_help')} />
		${kind !== 'general' && html`<${SelectField} ...${field('repeat_days')} options=${[[0, t('campaign.once')], [7, t('campaign.weekly')], [14, t('campaign.fortnightly')], [30, t('campaign.monthly')]]} />`}
		${kind !== 'general' && Number(form.repeat_days) > 0 && html`<${TextField} ...${field('rounds_max')} type="number" min="1" max="52" help=${t('campaign.rounds_max_help')} />`}
		<${ErrorBox} error=${errors.rest} title=${t('campaign.not_saved')} />
		<button type="submit" class="btn btn-primary" disabled=${save.busy}>${t('campaign.save')}</button>
	</form>`;
}

export function NewCampaignPage() {
	const choices = useLoad(loadChoices);
	return html`<${Page} title=${t('campaign.new')} lead=${t('campaign.new_lead')} narrow up=${{ href: '/campagne', text: t('campaigns.title') }}>
		<${Load} of=${choices}>${(/** @type {any} */ data) => html`<${CampaignForm} campaign=${null} choices=${data} onSaved=${(/** @type {any} */ made) => navigate(`/campagne/${made.id}`)} />`}<//>
	<//>`;
}
