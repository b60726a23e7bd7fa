/** What the chat's tables hold. Type aliases, because the helpers of `@aws-appsync/utils/dynamodb` infer nothing from interfaces. */
import type { MessageType, Place, PresenceStatus } from './schema-types';

export type RoomItem = {
  tenantId: string;
  id: string;
  name: string;
  ownerId: string;
  createdAt: string;
};

export type MemberItem = {
  /** `<tenant>#<room>` */
  room: string;
  userId: string;
  /** `<tenant>#<userId>`, for the rooms of a user. */
  user: string;
  place: Place;
  username: string;
  role: 'OWNER' | 'MEMBER';
  /** Who was removed is remembered, and so cannot come back. */
  status: 'ACTIVE' | 'REMOVED';
  joinedAt: string;
  /** As last said, which holds for a while after `lastSeen`. */
  presence: PresenceStatus;
  /** Epoch seconds. */
  lastSeen: number;
  readMessageId?: string;
};

export type MessageItem = {
  /** `<tenant>#<room>` */
  room: string;
  /** A ULID: they sort by time. */
  id: string;
  place: Place;
  userId: string;
  username: string;
  content: string;
  messageType: MessageType;
  timestamp: string;
};
