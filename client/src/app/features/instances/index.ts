export { ActionButtons } from './actions/action-buttons';
export { type InstanceAction, InstanceActions } from './actions/instance-actions';
