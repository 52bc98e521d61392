// What a store holds, drawn anew when it changes.
import {useSyncExternalStore} from 'react';
import {type ValueStore} from './value-store.ts';

export function useStore<Value>(store: ValueStore<Value>): Value {
	return useSyncExternalStore(store.subscribe, store.read);
}
