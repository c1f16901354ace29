// An event in class: its settings and groups, and the ways to people: the choice, lists, invitations.

import { useState } from 'preact/hooks';
import { api } from '../../api.js';
import { number, shortDate } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { SelectField, TextField } from '../../ui/field.js';
import { formErrors } from '../../ui/form-errors.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { Table } from '../../ui/table.js';
import { EnrolmentList, ResultsList } from './class-list.js';
import { TestRule, testsInClass, whereText } from './test-rule.js';

const projects = ['affiancamento', 'formatori', 'dirigenti'];

/** What the type of training demands, in words. @param {{data: any}} props */
function Limits({ data }) {
	const { rules, event, class_people: people, presence_percent: presence } = data;
	const facts = [
		rules.people_per_tutor > 0 && t('classes.limit_tutor', { n: rules.people_per_tutor }),
		event.tipo_form === 3 && t('classes.limit_class', { n: people }),
		rules.people_max > 0 && t('classes.limit_people', { n: rules.people_max }),
		rules.people_per_teacher > 0 && t('classes.limit_teacher', { n: rules.people_per_teacher }),
		rules.hours_min > 0 && t('classes.limit_hours', { n: rules.hours_min }),
		t('classes.limit_presence', { n: presence }),
		t('classes.limit_event', { n: number(event.num_part), people: number(data.people) }),
	].filter(Boolean);
	const credits = data.computed.credits === null ? null : t('classes.credits', { credits: event.crediti.replace('.', ','), computed: data.computed.credits.replace('.', ','), hours: event.ore });
	return html`<section class="panel panel-tinted" aria-labelledby="limits"><h2 class="h5" id="limits">${t('classes.limits')}</h2>
		<ul class="mb-0">${facts.map((fact) => html`<li key=${fact}>${fact}</li>`)}</ul>
		${credits && html`<p class="mt-3 mb-0">${credits}</p>`}
		<h3 class="h6 mt-3">${t('results.title')}</h3><${TestRule} test=${data.test} rules=${`/eventi/${event.id}/prova`} /></section>`;
}

/** @param {{data: any, onSaved: (data: any) => void}} props */
function Settings({ data, onSaved }) {
	const [form, setForm] = useState({ project: data.project, class_people: String(data.class_people), presence_percent: String(data.presence_percent), test: data.test.where });
	const save = useAction(async () => {
		onSaved(await api.put(`/classes/${data.event.id}`, { project: form.project, class_people: Number(form.class_people), presence_percent: Number(form.presence_percent), test: form.test }));
		notify(t('classes.saved'));
	});
	const errors = formErrors(save.error, ['class_people', 'presence_percent']);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		save.run();
	};
	return html`<details class="mt-4"><summary>${t('classes.settings')}</summary><form class="mt-3" onSubmit=${submit} noValidate>
		<div class="field-grid">
			<${SelectField} id="project" label=${t('classes.project')} help=${t('classes.project_help')} value=${form.project} empty=${t('classes.project_none')} onInput=${(/** @type {string} */ project) => setForm({ ...form, project })}
				options=${projects.map((one) => [one, t(`classes.project_${one}`)])} />
			<${TextField} id="class_people" type="number" min="1" max="1000" label=${t('classes.class_people')} help=${t('classes.class_people_help')} error=${errors.of('class_people')} value=${form.class_people} onInput=${(/** @type {string} */ people) => setForm({ ...form, class_people: people })} />
			<${TextField} id="presence_percent" type="number" min="1" max="100" label=${t('classes.presence_percent')} error=${errors.of('presence_percent')} value=${form.presence_percent} onInput=${(/** @type {string} */ percent) => setForm({ ...form, presence_percent: percent })} />
			<${SelectField} id="test" label=${t('results.where')} help=${t('results.where_help')} value=${form.test} onInput=${(/** @type {string} */ test) => setForm({ ...form, test })}
				options=${['online', ...testsInClass].map((one) => [one, whereText(one)])} />
		</div>
		<${ErrorBox} error=${errors.rest} />
		<p class="actions"><button type="submit" class="btn btn-outline-primary" disabled=${save.busy}>${t('action.save')}</button></p>
	</form></details>`;
}

/** @param {{data: any}} props */
function Groups({ data }) {
	const names = (/** @type {any} */ group) => group.staff.map((/** @type {any} */ one) => `${one.given_name} ${one.family_name}`).join(', ') || '—';
	const days = (/** @type {any} */ group) => (group.first_day ? [group.first_day, group.last_day].filter((day, i) => i === 0 || day !== group.first_day).map(shortDate).join(' – ') : '—');
	const passedOf = (/** @type {any} */ group) => t('results.passed_of', { passed: number(group.tested.passed), total: number(group.enrolled) });
	const columns = [
		{ name: t('classes.group'), head: true, cell: (/** @type {any} */ group) => html`<a href=${`/classi/${group.id}`}>${group.name}</a>` },
		{ name: t('classes.days'), cell: (/** @type {any} */ group) => html`${days(group)}${group.town && html`<span class="sub">${group.town}</span>`}` },
		{ name: t('classes.staff'), cell: names },
		{ name: t('classes.enrolled'), num: true, cell: (/** @type {any} */ group) => number(group.enrolled) },
		{ name: t('classes.invited'), num: true, cell: (/** @type {any} */ group) => number(group.invited) },
		...(data.test.demanded ? [{ name: t('results.title'), num: true, cell: (/** @type {any} */ group) => html`<a href=${`/classi/${group.id}/verifiche`} aria-label=${`${passedOf(group)}: ${t('results.of', { name: group.name })}`}>${passedOf(group)}</a>` }] : []),
		{ name: t('people.state'), cell: (/** @type {any} */ group) => html`<span class=${`tag ${group.closed ? 'tag-good' : ''}`}>${t(group.closed ? 'classes.closed' : 'classes.open')}</span>` },
	];
	return html`<${Table} caption=${t('classes.groups')} columns=${columns} rows=${data.groups} keyOf=${(/** @type {any} */ group) => group.id} empty=${t('classes.no_groups')} />`;
}

/** @param {{id: string}} props */
function NewGroup({ id }) {
	const [name, setName] = useState('');
	const make = useAction(async () => {
		const group = await api.post(`/classes/${id}/groups`, { name });
		navigate(`/classi/${group.id}`);
	});
	const errors = formErrors(make.error, ['name']);
	const submit = (/** @type {Event} */ event) => {
		event.preventDefault();
		make.run();
	};
	return html`<form class="filters" onSubmit=${submit} noValidate>
		<${TextField} id="name" label=${t('classes.new_group')} value=${name} onInput=${setName} error=${errors.of('name')} maxlength="100" />
		<button type="submit" class="btn btn-primary" disabled=${make.busy || !name.trim()}>${t('classes.make_group')}</button>
		<${ErrorBox} error=${errors.rest} />
	</form>`;
}

/** @param {{id: string}} props */
export function ClassesPage({ id }) {
	const event = useLoad(() => api.get(`/classes/${id}`), [id]);
	return html`<${Page} title=${t('classes.title')} lead=${event.data?.event.title} up=${{ href: `/eventi/${id}`, text: t('event.title_page') }}
		actions=${html`<a class="btn btn-outline-primary" href=${`/eventi/${id}/candidati`}>${t('classes.choose_people')}</a>
			<a class="btn btn-outline-primary" href=${`/campagne/nuova?evento=${id}`}>${t('classes.write')}</a>`}>
		<${Load} of=${event}>${(/** @type {any} */ data) => html`
			<${Limits} data=${data} />
			<h2>${t('classes.groups')}</h2>
			<${NewGroup} id=${id} />
			<${Groups} data=${data} />
			<${Settings} data=${data} onSaved=${event.set} />
			<${EnrolmentList} id=${id} onDone=${event.reload} />
			${data.test.demanded && html`<${ResultsList} path=${`/classes/${id}/results.csv`} onDone=${event.reload} />
				<p class="mt-4"><a href=${`/api/classes/${id}/results.csv`} download>${t('results.csv')}</a></p>`}`}<//>
	<//>`;
}
