mod damage;
mod edges;
mod lifecycle;
mod recovery;
mod rollback;
mod slots;
mod splice;
mod sync;
