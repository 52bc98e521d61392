// Whether somebody is there.
export const presence = {
	online: '在线',
	offline: '离线',
	keeper: '守护设备在线',
	unknown: '状态未知',
};
