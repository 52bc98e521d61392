// What a screen or a script uses of the client beside the client itself.
export {type ClientOptions} from './client-options.ts';
export {Archive} from './offline-archive.ts';
export {
	type PerhapsLost,
	type NewRecovery,
	type RecoveredAccount,
	type RecoveryConsent,
	newRecovery,
} from './account-recovery.ts';
export {RECOVERY_WORDS, WORD_COLUMN, typedWords, unknownWord, wordColumns} from './recovery-words.ts';
export {backUp, restore} from './profile-backup.ts';
export {type SearchPage} from './contact-list.ts';
export {ClientError, type ClientErrorCode} from '../os/errors.ts';
export {type Diagnosis} from './diagnosis.ts';
export {type HandoverKey, type HandoverNonces, openHandoverKey} from './handover-key.ts';
export {type Finding, findingsOf, nextStep, triedWords} from './findings.ts';
export {passwordWeakness} from './password-strength.ts';
export {type KeeperNews, type KeeperPolicy, type KeeperState} from '../messaging/keeper.ts';
export {type Preferences} from './preferences.ts';
export {type KeptMessages} from './kept-messages.ts';
export {MUTE} from '../messaging/history/register-rows.ts';
export {type SaidFrom} from '../messaging/history/history.ts';
export {defaultProfileFolder} from './profile.ts';
export {deviceLinkIn, invitedName, signUpCheck} from './sign-up-check.ts';
export {accountIn} from './profile-settings.ts';
export {typedSeconds} from './typed-duration.ts';
export {typedTalk} from './typed-name.ts';
