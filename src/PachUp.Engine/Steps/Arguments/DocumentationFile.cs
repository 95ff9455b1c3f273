using System.Collections.Concurrent;
using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace PachUp.Engine.Steps.Arguments;

/// <summary>Reads the XML documentation file beside an assembly.</summary>
internal static class DocumentationFile
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Files = new(StringComparer.Ordinal);

    /// <summary>The summary of a property as plain text; empty if it has none.</summary>
    public static string SummaryOf(PropertyInfo property) =>
        property.DeclaringType is { FullName: { } type }
            ? Files.GetOrAdd(PathBeside(property.DeclaringType.Assembly), Read).GetValueOrDefault($"P:{type.Replace('+', '.')}.{property.Name}", "")
            : "";

    private static string PathBeside(Assembly assembly) => assembly.Location is { Length: > 0 } path ? Path.ChangeExtension(path, ".xml") : "";

    private static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? XDocument.Load(path).Descendants("member").ToDictionary(NameOf, SummaryIn, StringComparer.Ordinal)
                : new Dictionary<string, string>();
        }
        catch (Exception e) when (e is XmlException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Descriptions are optional. A plugin with a broken documentation file still works.
            return new Dictionary<string, string>();
        }
    }

    private static string NameOf(XElement member) => (string?)member.Attribute("name") ?? "";

    private static string SummaryIn(XElement member) =>
        string.Join(' ', string.Concat(member.Elements("summary").Nodes().Select(TextOf)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref", IsEmpty: true } reference => LastName(reference),
        XElement element => string.Concat(element.Nodes().Select(TextOf)),
        _ => "",
    };

    private static string LastName(XElement reference) =>
        ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1];
}
