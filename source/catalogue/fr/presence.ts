// Whether somebody is there.
export const presence = {
	online: 'en ligne',
	offline: 'hors ligne',
	keeper: 'un gardien est là',
	unknown: 'présence inconnue',
};
