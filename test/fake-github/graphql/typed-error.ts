import { GraphQLError } from 'graphql';

/** A GraphQL error as GitHub writes it, with its type. */
export const typedError = (type: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });
