// Whether somebody is there.
export const presence = {
	online: 'online',
	offline: 'offline',
	keeper: 'a keeper is there',
	unknown: 'presence unknown',
};
