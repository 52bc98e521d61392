// The value of a store; the component is drawn again when it changes.
import {useSyncExternalStore} from 'react';
import {type ValueStore} from './value-store.ts';

export function useStore<Value>(store: ValueStore<Value>): Value {
	return useSyncExternalStore(store.subscribe, store.read);
}
