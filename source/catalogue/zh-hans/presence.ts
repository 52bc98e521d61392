// Whether somebody is there.
export const presence = {
	online: '在线',
	offline: '离线',
	unknown: '状态未知',
};
