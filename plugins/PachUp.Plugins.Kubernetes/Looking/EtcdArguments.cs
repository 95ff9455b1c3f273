using System.Globalization;
using System.Text.Json.Nodes;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Looking;

/// <summary>Reads etcd's arguments.</summary>
internal static class EtcdArguments
{
    private const string Variable = "ETCD_MAX_TXN_OPS";

    /// <summary>The number of operations that an etcd allows in one transaction; null if the argument is not a number.</summary>
    /// <param name="workload">The workload of etcd.</param>
    public static int? TransactionLimitOf(JsonObject workload)
    {
        var containers = workload.PodSpec().Items("containers").ToList();
        var given = containers.SelectMany(ValuesIn).FirstOrDefault()
            ?? containers.SelectMany(container => container.Items("env")).FirstOrDefault(variable => variable.Text("name") == Variable)?.Text("value");
        return given is null ? Etcd.DefaultTransactionLimit
            : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
            : null;
    }

    /// <summary>The values of the option. It may be one word or two, and may be quoted in a shell command.</summary>
    private static IEnumerable<string> ValuesIn(JsonObject container)
    {
        var words = WordsOf(container, "command").Concat(WordsOf(container, "args"))
            .SelectMany(text => text.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var (name, value) = words[i].Split('=', 2) is [var left, var right] ? (left, right) : (words[i], words.ElementAtOrDefault(i + 1));
            if (name.TrimStart('-') == Etcd.LimitOption.TrimStart('-'))
            {
                yield return value ?? "";
            }
        }
    }

    private static IEnumerable<string> WordsOf(JsonObject container, string key) =>
        container[key] is JsonArray words ? words.Select(word => word?.ToString() ?? "") : [];
}
