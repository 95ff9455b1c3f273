namespace PachUp.Sandbox.Server.Metadata;

/// <summary>How a release names the keys of its metadata in errors.</summary>
/// <param name="Root">What stands before the name of a collection.</param>
/// <param name="WholeKeysInTransactions">Whether an error inside a transaction gives the whole key, behind a blank.</param>
internal sealed record KeyTexts(string Root, bool WholeKeysInTransactions)
{
    public string NotFoundInTransaction(string collection, string key) =>
        WholeKeysInTransactions ? $" {Root}/{collection}{(key.Length > 0 ? "/" : "")}{key} not found" : NotFound(collection, key);

    public string NotFound(string collection, string key) => $"{Root}/{collection}/ {key} not found";

    public string AlreadyExists(string collection, string key) => $"{Root}/{collection}/ {key} already exists";
}
