// What a line of TAP, the test anything protocol, says of a test.

export type Verdict = {readonly title: string; readonly outcome: 'passed' | 'failed' | 'skipped'};

/**
 * Undefined for a line that is about no test. A test is skipped when its title says what the machine lacks, "(needs …)"; one that is
 * skipped otherwise has shown nothing, and has failed.
 */
export function verdictOf(line: string): Verdict | undefined {
	const result = /^(?<not>not )?ok \d+ - (?<title>.*)$/v.exec(line)?.groups;
	if (result === undefined) return undefined;
	const {not, title = ''} = result;
	if (not !== undefined) return {title, outcome: 'failed'};
	if (!title.endsWith('# SKIP')) return {title, outcome: 'passed'};
	return {title, outcome: / \(needs .+\) # SKIP$/v.test(title) ? 'skipped' : 'failed'};
}
