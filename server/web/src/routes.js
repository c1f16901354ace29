// Every address of the application, with its page and the role it is for.

import { AccessibilityPage, ContactsPage, PrivacyPage } from './pages/about.js';
import { AuditPage } from './pages/administrator/audit.js';
import { PersonDataPage } from './pages/administrator/privacy.js';
import { RetentionPage } from './pages/administrator/retention.js';
import { ImportPage } from './pages/administrator/import.js';
import { NewUserPage } from './pages/administrator/new-user.js';
import { SettingsPage } from './pages/administrator/settings.js';
import { UsersPage } from './pages/administrator/users.js';
import { ProgressPeoplePage, ProgressPersonPage } from './pages/coordinator/people.js';
import { ProgressPage } from './pages/coordinator/progress.js';
import { BankPage } from './pages/designer/bank.js';
import { BanksPage } from './pages/designer/banks.js';
import { CalibrationPage, CalibrationsPage } from './pages/designer/calibrations.js';
import { CoursePage } from './pages/designer/course.js';
import { CoursesPage } from './pages/designer/courses.js';
import { DiffPage } from './pages/designer/diff.js';
import { MatrixPage } from './pages/designer/matrix.js';
import { PolicyPage } from './pages/designer/policy.js';
import { StandardPage } from './pages/designer/standard.js';
import { StandardsPage } from './pages/designer/standards.js';
import { FinalIntro } from './pages/final/intro.js';
import { FinalItemPage } from './pages/final/item.js';
import { FinalResult } from './pages/final/result.js';
import { FinalReview } from './pages/final/review.js';
import { LogIn } from './pages/log-in.js';
import { CertificatesPage } from './pages/operator/certificates.js';
import { MyClassesPage } from './pages/operator/classes.js';
import { DeclarationPage } from './pages/operator/declaration.js';
import { OperatorHome } from './pages/operator/home.js';
import { PresencePage } from './pages/operator/presence.js';
import { Renew } from './pages/operator/renew.js';
import { MyDataPage } from './pages/my-data.js';
import { Password } from './pages/password.js';
import { AdaptivePage } from './pages/designer/adaptive.js';
import { PlacementRecordPage } from './pages/provider/placement-record.js';
import { PlacementIntro } from './pages/placement/intro.js';
import { PlacementItemPage } from './pages/placement/item.js';
import { PlacementResult } from './pages/placement/result.js';
import { PlacementReview } from './pages/placement/review.js';
import { ComparePage, ExportDiffPage } from './pages/provider/differences.js';
import { CandidatesPage } from './pages/provider/candidates.js';
import { ClassesPage } from './pages/provider/classes.js';
import { GroupPage } from './pages/provider/group.js';
import { RegisterPage } from './pages/provider/register.js';
import { ResultsPage } from './pages/provider/results.js';
import { EligibilityPage } from './pages/provider/eligibility.js';
import { CampaignPage } from './pages/provider/campaign.js';
import { NewCampaignPage } from './pages/provider/campaign-form.js';
import { CampaignsPage } from './pages/provider/campaigns.js';
import { EventPage } from './pages/provider/event.js';
import { EventsPage } from './pages/provider/events.js';
import { ExportsPage } from './pages/provider/exports.js';
import { EventFinalPage } from './pages/provider/final.js';
import { MailTemplatePage } from './pages/provider/mail-template.js';
import { PeoplePage } from './pages/provider/people.js';
import { PersonPage } from './pages/provider/person.js';
import { StaffPage } from './pages/provider/staff.js';
import { ProviderPage } from './pages/provider/provider.js';
import { EventQualityPage } from './pages/provider/quality.js';
import { QualityPage } from './pages/quality/questionnaire.js';
import { RemindersPage, StopPage } from './pages/reminders.js';
import { VerifyPage } from './pages/verify.js';

/** @type {import('./router.js').Route[]} */
export const routes = [
	{ path: '/accesso', page: LogIn, open: true },
	{ path: '/accessibilita', page: AccessibilityPage, open: true },
	{ path: '/privacy', page: PrivacyPage, open: true },
	{ path: '/contatti', page: ContactsPage, open: true },
	{ path: '/verifica', page: VerifyPage, open: true },
	{ path: '/verifica/:code', page: VerifyPage, open: true },
	{ path: '/disiscrizione/:code', page: StopPage, open: true },
	{ path: '/profilo/password', page: Password },
	{ path: '/profilo/promemoria', page: RemindersPage },
	{ path: '/profilo/dati', page: MyDataPage },

	{ path: '/percorso', page: OperatorHome, role: 'operator' },
	{ path: '/attestati', page: CertificatesPage, role: 'operator' },
	{ path: '/corso/:attempt/rinnova', page: Renew, role: 'operator' },
	{ path: '/questionario', page: PlacementIntro, role: 'operator' },
	{ path: '/questionario/domanda/:n', page: PlacementItemPage, role: 'operator' },
	{ path: '/questionario/riepilogo', page: PlacementReview, role: 'operator' },
	{ path: '/questionario/esito', page: PlacementResult, role: 'operator' },
	{ path: '/prova-finale', page: FinalIntro, role: 'operator' },
	{ path: '/prova-finale/domanda/:n', page: FinalItemPage, role: 'operator' },
	{ path: '/prova-finale/riepilogo', page: FinalReview, role: 'operator' },
	{ path: '/prova-finale/esito', page: FinalResult, role: 'operator' },
	{ path: '/dichiarazione', page: DeclarationPage, role: 'operator' },
	{ path: '/questionario-qualita', page: QualityPage, role: 'operator' },

	{ path: '/aula/:event/prova-finale', page: FinalIntro, role: 'operator' },
	{ path: '/aula/:event/prova-finale/domanda/:n', page: FinalItemPage, role: 'operator' },
	{ path: '/aula/:event/prova-finale/riepilogo', page: FinalReview, role: 'operator' },
	{ path: '/aula/:event/prova-finale/esito', page: FinalResult, role: 'operator' },
	{ path: '/aula/:event/dichiarazione', page: DeclarationPage, role: 'operator' },
	{ path: '/aula/:event/questionario-qualita', page: QualityPage, role: 'operator' },
	{ path: '/aula', page: MyClassesPage, role: 'operator' },
	{ path: '/aula/classi/:id', page: GroupPage, role: 'operator' },
	{ path: '/aula/classi/:id/verifiche', page: ResultsPage, role: 'operator' },
	{ path: '/aula/incontri/:id', page: RegisterPage, role: 'operator' },
	{ path: '/presenza', page: PresencePage, role: 'operator' },
	{ path: '/presenza/:code', page: PresencePage, role: 'operator' },

	{ path: '/corsi', page: CoursesPage, role: 'designer' },
	{ path: '/corsi/:id', page: CoursePage, role: 'designer' },
	{ path: '/corsi/:id/confronto/:from/:to', page: DiffPage, role: 'designer' },
	{ path: '/moduli', page: MatrixPage, role: 'designer' },
	{ path: '/domande', page: BanksPage, role: 'designer' },
	{ path: '/domande/:id', page: BankPage, role: 'designer' },
	{ path: '/livelli', page: PolicyPage, role: 'designer' },
	{ path: '/soglie', page: StandardsPage, role: 'designer' },
	{ path: '/soglie/:id', page: StandardPage, role: 'designer' },
	{ path: '/calibrazioni', page: CalibrationsPage, role: 'designer' },
	{ path: '/calibrazioni/:id', page: CalibrationPage, role: 'designer' },
	{ path: '/collocazione', page: AdaptivePage, role: 'designer' },

	{ path: '/persone', page: PeoplePage, role: 'provider' },
	{ path: '/persone/:id', page: PersonPage, role: 'provider' },
	{ path: '/collocazioni/:id', page: PlacementRecordPage, role: 'provider' },
	{ path: '/eventi', page: EventsPage, role: 'provider' },
	{ path: '/eventi/:id', page: EventPage, role: 'provider' },
	{ path: '/eventi/:id/prova', page: EventFinalPage, role: 'provider' },
	{ path: '/eventi/:id/requisiti', page: EligibilityPage, role: 'provider' },
	{ path: '/eventi/:id/classi', page: ClassesPage, role: 'provider' },
	{ path: '/eventi/:id/candidati', page: CandidatesPage, role: 'provider' },
	{ path: '/classi/:id', page: GroupPage, role: 'provider' },
	{ path: '/classi/:id/verifiche', page: ResultsPage, role: 'provider' },
	{ path: '/incontri/:id', page: RegisterPage, role: 'provider' },
	{ path: '/eventi/:id/qualita', page: EventQualityPage, role: 'provider' },
	{ path: '/eventi/:id/docenti', page: StaffPage, role: 'provider' },
	{ path: '/eventi/:id/confronto', page: ComparePage, role: 'provider' },
	{ path: '/esportazioni', page: ExportsPage, role: 'provider' },
	{ path: '/esportazioni/:id/differenze', page: ExportDiffPage, role: 'provider' },
	{ path: '/provider', page: ProviderPage, role: 'provider' },
	{ path: '/campagne', page: CampaignsPage, role: 'provider' },
	{ path: '/campagne/nuova', page: NewCampaignPage, role: 'provider' },
	{ path: '/campagne/modelli/:id', page: MailTemplatePage, role: 'provider' },
	{ path: '/campagne/:id', page: CampaignPage, role: 'provider' },

	{ path: '/avanzamento', page: ProgressPage, role: 'coordinator' },
	{ path: '/avanzamento/persone', page: ProgressPeoplePage, role: 'coordinator' },
	{ path: '/avanzamento/persone/:id', page: ProgressPersonPage, role: 'coordinator' },

	{ path: '/utenti', page: UsersPage, role: 'administrator' },
	{ path: '/utenti/nuovo', page: NewUserPage, role: 'administrator' },
	{ path: '/utenti/importa', page: ImportPage, role: 'administrator' },
	{ path: '/utenti/:id/dati', page: PersonDataPage, role: 'administrator' },
	{ path: '/conservazione', page: RetentionPage, role: 'administrator' },
	{ path: '/impostazioni', page: SettingsPage, role: 'administrator' },
	{ path: '/registro', page: AuditPage, role: 'administrator' },
];
