// Whether somebody is there.
export const presence = {
	online: 'en ligne',
	offline: 'hors ligne',
	unknown: 'présence inconnue',
};
