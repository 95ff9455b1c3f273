using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Workers;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>
/// Carries out the operations of a stream one by one. What succeeded before an error stays. Items that exist already are skipped silently, even if they
/// differ.
/// </summary>
internal sealed class Restorer(
    Pachd pachd, Repos repos, Branches branches, CommitMaker commits, PipelineCreation pipelines, Jobs jobs, ObjectCatalog objects, OperationConversion conversion)
{
    private readonly OperationGeneration _newest = pachd.Traits.Release.Generation;

    /// <summary>The last operation that was refused; null where none was.</summary>
    public RefusedOperation? LastRefusal { get; private set; }

    /// <param name="operations">The stream; null stands for a message without an operation.</param>
    /// <param name="cancellationToken">Stops it; what was restored stays.</param>
    /// <exception cref="PachdError">The server refuses the stream; what came before stays.</exception>
    /// <exception cref="ServerCrash">The real server crashes.</exception>
    public async Task RestoreAsync(IAsyncEnumerable<Operation?> operations, CancellationToken cancellationToken)
    {
        var stream = OperationGeneration.None;
        await using var source = operations.GetAsyncEnumerator(cancellationToken);
        while (await source.MoveNextAsync())
        {
            var operation = ServerCrash.IfNull(source.Current);
            stream = CheckGeneration(operation, stream);
            if (GenerationOf(operation) is OperationGeneration.None)
            {
                if (pachd.Traits.Release.RefusesUnknownOperations)
                    throw new PachdError("unrecognized stream version: undefined");

                continue;
            }

            await CarryOutAsync(operation, source);
        }
    }

    private async Task CarryOutAsync(Operation operation, IAsyncEnumerator<Operation?> source)
    {
        try
        {
            if (operation.Kind is OperationKind.Object)
                await PutObjectAsync(operation, source);
            else if (operation.Kind is OperationKind.Block && pachd.Traits.Release.ExtractsOutputs)
                await PutBlockAsync(operation, source);
            else
                Apply(operation);
        }
        catch (Exception e) when (e is PachdError or ServerCrash)
        {
            LastRefusal = new RefusedOperation(OperationNames.Of(operation), e.Message);
            throw;
        }
    }

    /// <summary>The generation of an operation; none for a generation that the release does not know.</summary>
    private OperationGeneration GenerationOf(Operation operation) => operation.Generation <= _newest ? operation.Generation : OperationGeneration.None;

    private OperationGeneration CheckGeneration(Operation operation, OperationGeneration stream)
    {
        var generation = GenerationOf(operation);
        if (stream is OperationGeneration.None || pachd.Traits.KeepsTreesAsMessage)
            return generation;

        return generation == stream ? stream : throw MixedGenerations(generation, stream);
    }

    private static PachdError MixedGenerations(OperationGeneration found, OperationGeneration expected) => new(
        $"cannot mix different versions of pachd operation within a metadata dumps (found both {TextOf(found)} and {TextOf(expected)})");

    private static string TextOf(OperationGeneration generation) => generation is OperationGeneration.None ? "undefined" : generation.ToLineText();

    private static string TextOf(Operation operation) => GoText.Of(Op.Parser.ParseFrom(operation.Bytes.Span));

    /// <summary>
    /// Reads an object up to the operation without content that ends it. If the first operation has no content, the server reads on, so an empty object
    /// that an extract wrote as a single operation is lost. Two operations without content are an empty object.
    /// </summary>
    private async Task PutObjectAsync(Operation first, IAsyncEnumerator<Operation?> source)
    {
        if (pachd.Traits.Release.CrashesOnOwnObjects && first.Generation == _newest)
            throw new ServerCrash();

        // Servers of 1.9 convert a 1.8 object to 1.9 and then expect 1.9 objects after it, so they refuse the stream.
        var expected = first.Generation == OperationGeneration.V1_8 && _newest == OperationGeneration.V1_9 ? _newest : first.Generation;
        var content = new MemoryStream();
        content.Write(first.ReadValue().Span);
        while (await source.MoveNextAsync())
        {
            var next = ServerCrash.IfNull(source.Current);
            if (GenerationOf(next) != expected)
                throw MixedGenerations(GenerationOf(next), expected).WithPrefix("error putting object: ");

            if (next.Kind is not OperationKind.Object)
                throw new PachdError($"error putting object: expected an object, but got: {TextOf(next)}");

            if (next.ReadValue() is not { IsEmpty: false } value)
                break;

            content.Write(value.Span);
        }

        pachd.Objects.Put(content.ToArray());
    }

    private async Task PutBlockAsync(Operation first, IAsyncEnumerator<Operation?> source)
    {
        if (pachd.Traits.Release.CrashesOnEarlierBlocks && first.Generation != _newest)
            throw new ServerCrash();

        var expected = first.Generation;
        var block = ServerCrash.IfNull(PutBlockRequest.Parser.ParseFrom(first.Payload.Span).Block).Hash;
        var content = new MemoryStream();
        content.Write(first.ReadValue().Span);
        while (content.Length > 0 && await source.MoveNextAsync())
        {
            var next = ServerCrash.IfNull(source.Current);
            if (GenerationOf(next) != expected)
                throw MixedGenerations(GenerationOf(next), expected).WithPrefix("error putting block: ");

            if (next.Kind is not OperationKind.Block)
                throw new PachdError($"error putting block: expected a block, but got: {TextOf(next)}");

            if (next.ReadValue() is not { IsEmpty: false } value)
                break;

            content.Write(value.Span);
        }

        pachd.Objects.PutBlock(block, content.ToArray());
    }

    private void Apply(Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Tag:
                Create("error tagging object: ", () => objects.Tag(operation.AsTag()));
                break;
            case OperationKind.Repo when operation.AsRepo() is { Repo.Name: Refs.SpecRepo, Update: false }:
                // Every cluster has this repo, so it does not show that the stream was restored before.
                break;
            case OperationKind.Repo:
                Create("error creating repo: ", () => CreateRepo(operation.AsRepo()));
                break;
            case OperationKind.Commit:
                var commit = conversion.Convert(operation.AsCommit(), operation.Generation);
                Create("error creating commit: ", () => commits.Make(CommitRequests.Of(WithTimes(commit))));
                break;
            case OperationKind.Branch:
                var branch = conversion.Convert(operation.AsBranch(), operation.Generation);
                Create("error creating branch: ", () => branches.Create(branch.Branch, branch.Head, branch.Provenance, pachd.Traits.Release.HasTriggers ? branch.Trigger : null));
                break;
            case OperationKind.Pipeline:
                var pipeline = conversion.Convert(operation.AsPipeline(), operation.Generation);
                Create("error creating pipeline: ", () => pipelines.Create(pipeline));
                break;
            case OperationKind.CreateObject when pachd.Traits.Release.ExtractsOutputs:
                var created = operation.AsCreateObject();
                pachd.Objects.PutObject(ServerCrash.IfNull(created.Object).Hash, created.BlockRef);
                break;
            case OperationKind.Job when pachd.Traits.Release.ExtractsOutputs:
                Create("error creating job: ", () => jobs.Create(operation.AsJob()));
                break;
        }
    }

    /// <summary>A release whose operations have times finishes every commit that it restores, also one that was open.</summary>
    private BuildCommitRequest WithTimes(BuildCommitRequest commit)
    {
        if (!pachd.Traits.Release.KeepsCommitTimes)
            return commit;

        var now = pachd.Now();
        var timed = commit.Clone();
        timed.Started ??= now;
        timed.Finished ??= now;
        return timed;
    }

    private void CreateRepo(CreateRepoRequest request)
    {
        var repo = ServerCrash.IfNull(request.Repo);
        var name = pachd.Traits.Release.RestrictsBranchNames ? Ancestry.Sanitize(repo.Name) : repo.Name;
        repos.Create(Refs.Repo(name), request.Description, request.Update);
    }

    private void Create(string what, Action create)
    {
        try
        {
            create();
        }
        catch (PachdError e) when (e.IsAlreadyExists)
        {
            // The same stream may have been restored before.
            pachd.CountRepeatedOperation();
        }
        catch (PachdError e)
        {
            throw e.WithPrefix(what);
        }
    }
}
