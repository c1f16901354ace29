#include "packages/manifest/words.h"

const char *const condition_words[CONDITION_WORDS] = {
	[CONDITION_SATISFIED] = "satisfied",
	[CONDITION_OBJECTIVE_STATUS_KNOWN] = "objectiveStatusKnown",
	[CONDITION_OBJECTIVE_MEASURE_KNOWN] = "objectiveMeasureKnown",
	[CONDITION_OBJECTIVE_MEASURE_GREATER] = "objectiveMeasureGreaterThan",
	[CONDITION_OBJECTIVE_MEASURE_LESS] = "objectiveMeasureLessThan",
	[CONDITION_COMPLETED] = "completed",
	[CONDITION_ACTIVITY_PROGRESS_KNOWN] = "activityProgressKnown",
	[CONDITION_ATTEMPTED] = "attempted",
	[CONDITION_ATTEMPT_LIMIT_EXCEEDED] = "attemptLimitExceeded",
	[CONDITION_TIME_LIMIT_EXCEEDED] = "timeLimitExceeded",
	[CONDITION_OUTSIDE_AVAILABLE_TIME] = "outsideAvailableTimeRange",
	[CONDITION_ALWAYS] = "always",
	[CONDITION_NEVER] = "never",
};

const char *const action_words[ACTION_WORDS] = {
	[ACTION_SKIP] = "skip",
	[ACTION_DISABLED] = "disabled",
	[ACTION_HIDDEN_FROM_CHOICE] = "hiddenFromChoice",
	[ACTION_STOP_FORWARD_TRAVERSAL] = "stopForwardTraversal",
	[ACTION_EXIT_PARENT] = "exitParent",
	[ACTION_EXIT_ALL] = "exitAll",
	[ACTION_RETRY] = "retry",
	[ACTION_RETRY_ALL] = "retryAll",
	[ACTION_CONTINUE] = "continue",
	[ACTION_PREVIOUS] = "previous",
	[ACTION_EXIT] = "exit",
};

const char *const rollup_words[ROLLUP_WORDS] = {
	[ROLLUP_SATISFIED] = "satisfied",
	[ROLLUP_NOT_SATISFIED] = "notSatisfied",
	[ROLLUP_COMPLETED] = "completed",
	[ROLLUP_INCOMPLETE] = "incomplete",
};

const char *const consideration_words[CONSIDERATION_WORDS] = {
	[CONSIDER_ALWAYS] = "always",
	[CONSIDER_IF_ATTEMPTED] = "ifAttempted",
	[CONSIDER_IF_NOT_SUSPENDED] = "ifNotSuspended",
	[CONSIDER_IF_NOT_SKIPPED] = "ifNotSkipped",
};
