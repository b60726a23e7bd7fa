/** The template that is measured: an UpdateItem of fifteen lines. */
export const templateText = `#set($id = $util.defaultIfNull($ctx.args.id, "x"))
#set($values = {})
#set($sets = [])
#foreach($entry in $ctx.args.input.entrySet())
  $util.qr($values.put(":$entry.key", $util.dynamodb.toDynamoDB($entry.value)))
  $util.qr($sets.add("$entry.key = :$entry.key"))
#end
{
  "version": "2018-05-29",
  "operation": "UpdateItem",
  "key": { "id": $util.dynamodb.toDynamoDBJson($id) },
  "update": {
    "expression": "SET #foreach($set in $sets)$set#if($foreach.hasNext), #end#end",
    "expressionValues": $util.toJson($values)
  }
}`;

export const argumentsOf = (i: number) => ({ id: `id${i}`, input: { a: 1, b: 'two' } });
