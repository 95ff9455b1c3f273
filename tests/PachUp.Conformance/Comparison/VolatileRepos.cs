using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// The repos whose content differs from run to run: <c>__spec__</c>, since a pipeline's spec holds a random salt and the moment of its
/// creation, and the repos of cron inputs, since a tick is a file with the moment as its name and content.
/// </summary>
public sealed class VolatileRepos
{
    private const string SpecRepo = "__spec__";
    private const int DeepestRepo = 3;

    private readonly HashSet<string> _names = [SpecRepo];

    /// <summary>Finds the repos of cron inputs in a message that was sent or came.</summary>
    public void Learn(IMessage message)
    {
        if (message is CreatePipelineRequest { Input: { } input } request)
        {
            AddCronRepos(input, request.Pipeline?.Name ?? "");
        }
        else if (message is PipelineInfo { Input: { } listed } pipeline)
        {
            AddCronRepos(listed, pipeline.Pipeline?.Name ?? "");
        }

        foreach (var child in Children(message))
        {
            Learn(child);
        }
    }

    /// <summary>Whether a message is about content of one of these repos.</summary>
    public bool IsAbout(IMessage message) => RepoOf(message, DeepestRepo) is { } repo && _names.Contains(repo);

    /// <summary>Whether a request asks for a file of the spec repo, which holds a serialized pipeline.</summary>
    public static bool IsSpecFile(IMessage request) => request is GetFileRequest { File.Commit.Repo.Name: SpecRepo };

    private void AddCronRepos(Input input, string pipeline)
    {
        if (input.Cron is { } cron)
        {
            _names.Add(cron.Repo.Length > 0 ? cron.Repo : $"{pipeline}_{cron.Name}");
        }

        foreach (var part in input.Cross.Concat(input.Union).Concat(input.Join))
        {
            AddCronRepos(part, pipeline);
        }
    }

    private static string? RepoOf(IMessage message, int depth) => message switch
    {
        Repo repo => repo.Name,
        _ when depth == 0 => null,
        _ => message.Descriptor.Fields.InFieldNumberOrder()
            .Where(LeadsToRepo)
            .Select(field => field.Accessor.GetValue(message) as IMessage)
            .Select(child => child is null ? null : RepoOf(child, depth - 1))
            .FirstOrDefault(name => name is not null),
    };

    private static bool LeadsToRepo(FieldDescriptor field) =>
        field is { IsRepeated: false, FieldType: FieldType.Message }
        && (field.MessageType == Repo.Descriptor || field.MessageType == Commit.Descriptor
            || field.MessageType == Branch.Descriptor || field.MessageType == Pachyderm.Wire.Pfs.File.Descriptor);

    private static IEnumerable<IMessage> Children(IMessage message) =>
        from field in message.Descriptor.Fields.InFieldNumberOrder()
        where field is { FieldType: FieldType.Message, IsMap: false }
        let value = field.Accessor.GetValue(message)
        from child in value is IMessage single ? [single] : value is System.Collections.IEnumerable many ? many.OfType<IMessage>() : []
        select child;
}
