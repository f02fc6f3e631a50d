import type { FailureCode } from '#sdk';

/** What a failure is, and what somebody can do about it. `docs/failures.md` says the same at length, for whoever runs Toygres. */
export interface FailureWords {
  readonly title: string;
  readonly what: string;
  readonly advice: string;
}

export const failureWords: Readonly<Record<FailureCode, FailureWords>> = {
  insufficient_capacity: {
    title: $localize`:@@failures.capacityTitle:No room for another instance`,
    what: $localize`:@@failures.capacityWhat:No port is free, or too little of the disk is.`,
    advice: $localize`:@@failures.capacityAdvice:Delete an instance that nobody needs, or give Toygres more ports or a larger disk. Then retry.`,
  },
  unsupported_version: {
    title: $localize`:@@failures.versionTitle:This version of PostgreSQL is not here`,
    what: $localize`:@@failures.versionWhat:The programs of this version are not installed on the machine that Toygres runs on.`,
    advice: $localize`:@@failures.versionAdvice:Choose another version, or have the missing one installed and start the instance.`,
  },
  unsupported_platform: {
    title: $localize`:@@failures.platformTitle:PostgreSQL can not be run here`,
    what: $localize`:@@failures.platformWhat:Its programs are missing or damaged, or the system does not run them.`,
    advice: $localize`:@@failures.platformAdvice:Ask whoever administers this Toygres. The reason says what is missing.`,
  },
  initdb_failed: {
    title: $localize`:@@failures.initdbTitle:The data directory could not be made`,
    what: $localize`:@@failures.initdbWhat:PostgreSQL’s program initdb has failed. Toygres has tried it three times.`,
    advice: $localize`:@@failures.initdbAdvice:Read what it said, usually of disk, memory or permissions. Put that right, then retry.`,
  },
  disk_full: {
    title: $localize`:@@failures.diskTitle:The disk is full`,
    what: $localize`:@@failures.diskWhat:Nothing can be written any more. What was committed before is safe.`,
    advice: $localize`:@@failures.diskAdvice:Free some space: purge an instance that nobody needs, or have the disk enlarged. A running instance then comes back by itself; start or retry what has failed.`,
  },
  port_in_use: {
    title: $localize`:@@failures.portTitle:Another program uses the port`,
    what: $localize`:@@failures.portWhat:Clients know the port of this instance, so Toygres does not choose another one.`,
    advice: $localize`:@@failures.portAdvice:End that program, then start the instance.`,
  },
  server_exited: {
    title: $localize`:@@failures.exitedTitle:PostgreSQL has ended`,
    what: $localize`:@@failures.exitedWhat:The server has ended by itself, or it ended while it was starting. A setting that it does not take is a frequent cause.`,
    advice: $localize`:@@failures.exitedAdvice:Read what it said last, and put the cause right. A running instance is started again by itself; start or retry what has failed.`,
  },
  not_ready: {
    title: $localize`:@@failures.notReadyTitle:The server does not answer`,
    what: $localize`:@@failures.notReadyWhat:It runs, but can not be reached, is still recovering, or has no connection free.`,
    advice: $localize`:@@failures.notReadyAdvice:Wait a while, and look at the log of the server and the load of the machine. Then start or retry.`,
  },
  login_refused: {
    title: $localize`:@@failures.loginTitle:The server refuses the login of Toygres`,
    what: $localize`:@@failures.loginWhat:It answers and says no: a role, a right or the database postgres was removed or changed.`,
    advice: $localize`:@@failures.loginAdvice:The role toygres_monitor has to be able to log in to the database postgres. Give it back what it lacks, as a superuser of the instance.`,
  },
  data_missing: {
    title: $localize`:@@failures.dataTitle:The data directory is gone`,
    what: $localize`:@@failures.dataWhat:Something other than Toygres has removed or moved it.`,
    advice: $localize`:@@failures.dataAdvice:Put it back from a backup, then start the instance; or delete the instance.`,
  },
  configure_failed: {
    title: $localize`:@@failures.configureTitle:Passwords and roles could not be written`,
    what: $localize`:@@failures.configureWhat:The step before the first start has failed. Toygres has tried it several times.`,
    advice: $localize`:@@failures.configureAdvice:Read what the server said and put that right, then retry.`,
  },
  cluster_unreachable: {
    title: $localize`:@@failures.clusterAwayTitle:The cluster does not answer`,
    what: $localize`:@@failures.clusterAwayWhat:The API server of the cluster can not be reached, or has too much to do. Databases go on running.`,
    advice: $localize`:@@failures.clusterAwayAdvice:Wait: Toygres goes on by itself as soon as it answers. If that takes long, ask whoever administers the cluster.`,
  },
  cluster_forbidden: {
    title: $localize`:@@failures.clusterForbiddenTitle:Toygres lacks a right in the cluster`,
    what: $localize`:@@failures.clusterForbiddenWhat:The account that Toygres uses may not do what was needed.`,
    advice: $localize`:@@failures.clusterForbiddenAdvice:Ask whoever administers this Toygres: the reason names the verb and the resource that its role has to have.`,
  },
  admission_refused: {
    title: $localize`:@@failures.admissionTitle:The cluster does not admit it`,
    what: $localize`:@@failures.admissionWhat:A policy of the cluster, or a rule of its API, refuses an object of the instance.`,
    advice: $localize`:@@failures.admissionAdvice:Read what it said, and have the policy or the configuration of Toygres changed. Then retry.`,
  },
  quota_exceeded: {
    title: $localize`:@@failures.quotaTitle:A quota is used up`,
    what: $localize`:@@failures.quotaWhat:The namespace may not have more of something: pods, volumes, memory, load balancers.`,
    advice: $localize`:@@failures.quotaAdvice:Have the quota raised, or purge an instance that nobody needs. Then retry.`,
  },
  unschedulable: {
    title: $localize`:@@failures.unschedulableTitle:No node has room`,
    what: $localize`:@@failures.unschedulableWhat:No node of the cluster has the processor time, memory or label that the instance needs.`,
    advice: $localize`:@@failures.unschedulableAdvice:Have nodes added, or purge or stop what nobody needs. Then start or retry.`,
  },
  volume_pending: {
    title: $localize`:@@failures.volumePendingTitle:The volume is not there`,
    what: $localize`:@@failures.volumePendingWhat:The cluster can not make the disk of the instance, or can not attach it.`,
    advice: $localize`:@@failures.volumePendingAdvice:Read what it said: often the storage class, a limit of the provider or of the node. Put that right, then start or retry.`,
  },
  volume_node_conflict: {
    title: $localize`:@@failures.volumeNodeTitle:The volume is in another zone`,
    what: $localize`:@@failures.volumeNodeWhat:The disk lies in a zone in which no node has room for the instance.`,
    advice: $localize`:@@failures.volumeNodeAdvice:Have a node added in the zone of the disk. Then start or retry.`,
  },
  image_pull_failed: {
    title: $localize`:@@failures.imagePullTitle:The image can not be had`,
    what: $localize`:@@failures.imagePullWhat:A node can not pull the container image of PostgreSQL.`,
    advice: $localize`:@@failures.imagePullAdvice:Ask whoever administers this Toygres: the reason names the image and what the registry said.`,
  },
  out_of_memory: {
    title: $localize`:@@failures.memoryTitle:It has run out of memory`,
    what: $localize`:@@failures.memoryWhat:The server needed more memory than its limit allows, and was killed. What was committed is safe.`,
    advice: $localize`:@@failures.memoryAdvice:Lower what it uses (connections, work_mem, shared_buffers), or have the limit raised.`,
  },
  evicted: {
    title: $localize`:@@failures.evictedTitle:The node has evicted it`,
    what: $localize`:@@failures.evictedWhat:The node had too little memory or disk left, and has given up the instance to save the rest.`,
    advice: $localize`:@@failures.evictedAdvice:Wait: it is started on another node. If it happens again, have the node looked at.`,
  },
  node_lost: {
    title: $localize`:@@failures.nodeLostTitle:Nothing is heard from its node`,
    what: $localize`:@@failures.nodeLostWhat:The machine that the instance runs on does not answer. It may run all the same.`,
    advice: $localize`:@@failures.nodeLostAdvice:Wait, or have the node looked at. A disk can only be used elsewhere when it is sure that the node is gone.`,
  },
  load_balancer_failed: {
    title: $localize`:@@failures.loadBalancerTitle:The load balancer has no address`,
    what: $localize`:@@failures.loadBalancerWhat:The provider gives the load balancer of the instance no address.`,
    advice: $localize`:@@failures.loadBalancerAdvice:Read what it said, often a limit of public addresses. Put that right, then retry.`,
  },
  dns_label_taken: {
    title: $localize`:@@failures.dnsLabelTitle:The DNS name is taken`,
    what: $localize`:@@failures.dnsLabelWhat:Something that does not belong to this Toygres has this name in the region.`,
    advice: $localize`:@@failures.dnsLabelAdvice:Create the instance with another name.`,
  },
  activity_timeout: {
    title: $localize`:@@failures.timeoutTitle:A step took too long`,
    what: $localize`:@@failures.timeoutWhat:It made no progress that can be measured, was ended, and failed each time that it was tried.`,
    advice: $localize`:@@failures.timeoutAdvice:The machine may be too busy, or its disk too slow. Retry when there is less to do.`,
  },
  deadline_exceeded: {
    title: $localize`:@@failures.deadlineTitle:The operation was not done in time`,
    what: $localize`:@@failures.deadlineWhat:Its deadline has passed, for example because no worker was running. What it had begun was undone.`,
    advice: $localize`:@@failures.deadlineAdvice:Have it checked that a worker runs, then retry.`,
  },
  cancelled: {
    title: $localize`:@@failures.cancelledTitle:It was called off`,
    what: $localize`:@@failures.cancelledWhat:Somebody has called it off, or asked for something that outranks it, such as a deletion.`,
    advice: $localize`:@@failures.cancelledAdvice:Nothing has to be done. Retry goes through with it after all.`,
  },
  internal_error: {
    title: $localize`:@@failures.internalTitle:A defect of Toygres`,
    what: $localize`:@@failures.internalWhat:Something happened that Toygres has no words for, or its database was away too long.`,
    advice: $localize`:@@failures.internalAdvice:The log of the worker has the cause under the name of the operation. Report it to whoever administers this Toygres.`,
  },
};
