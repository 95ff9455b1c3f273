namespace PachUp.Sandbox.Server.Metadata;

/// <summary>The error texts of a release about keys of its metadata.</summary>
/// <param name="Root">The prefix of the name of a collection.</param>
/// <param name="WholeKeysInTransactions">Whether an error inside a transaction has the whole key, after a blank.</param>
internal sealed record KeyTexts(string Root, bool WholeKeysInTransactions)
{
    public string NotFoundInTransaction(string collection, string key) =>
        WholeKeysInTransactions ? $" {Root}/{collection}{(key.Length > 0 ? "/" : "")}{key} not found" : NotFound(collection, key);

    public string NotFound(string collection, string key) => $"{Root}/{collection}/ {key} not found";

    public string AlreadyExists(string collection, string key) => $"{Root}/{collection}/ {key} already exists";
}
