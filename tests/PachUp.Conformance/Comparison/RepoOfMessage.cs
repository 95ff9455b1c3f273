using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Comparison;

/// <summary>Finds out which repo a message is about.</summary>
public static class RepoOfMessage
{
    private const int DeepestRepo = 3;

    /// <summary>The repo of the message's first commit, file or branch; null where it has none.</summary>
    public static string? Find(IMessage message) => Find(message, DeepestRepo);

    /// <summary>All messages directly inside a message.</summary>
    public static IEnumerable<IMessage> Children(IMessage message) =>
        from field in message.Descriptor.Fields.InFieldNumberOrder()
        where field is { FieldType: FieldType.Message, IsMap: false }
        let value = field.Accessor.GetValue(message)
        from child in value is IMessage single ? [single] : value is IEnumerable many ? many.OfType<IMessage>() : []
        select child;

    private static string? Find(IMessage message, int depth) => message switch
    {
        Repo repo => repo.Name,
        _ when depth == 0 => null,
        _ => message.Descriptor.Fields.InFieldNumberOrder()
            .Where(LeadsToRepo)
            .Select(field => field.Accessor.GetValue(message) as IMessage)
            .Select(child => child is null ? null : Find(child, depth - 1))
            .FirstOrDefault(name => name is not null),
    };

    private static bool LeadsToRepo(FieldDescriptor field) =>
        field is { IsRepeated: false, FieldType: FieldType.Message }
        && (field.MessageType == Repo.Descriptor || field.MessageType == Commit.Descriptor
            || field.MessageType == Branch.Descriptor || field.MessageType == Pachyderm.Wire.Pfs.File.Descriptor);
}
