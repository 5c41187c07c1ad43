import { IConstruct } from 'constructs';

const CNI_GRANTED_ELSEWHERE = Symbol.for('cdk-eks-node-role.cniGrantedElsewhere');

/** Notes on a construct what no template shows: that its user gives the VPC CNI plugin permissions elsewhere. */
export function declareCniGrantedElsewhere(construct: IConstruct): void {
  Object.defineProperty(construct, CNI_GRANTED_ELSEWHERE, { value: true });
}

/** Whether the user of a construct said so. */
export function isCniGrantedElsewhere(construct: IConstruct): boolean {
  return CNI_GRANTED_ELSEWHERE in construct;
}
