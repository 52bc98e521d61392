// Why a command ends without having done what it was told: words for standard error, and an exit code.

/** `message` says what to do next. */
export class Failure extends Error {
	override readonly name = 'Failure';
	readonly exitCode: number;

	constructor(exitCode: number, message: string) {
		super(message);
		this.exitCode = exitCode;
	}
}
